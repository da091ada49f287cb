import { audit, quiet, unfold } from './audit-lib.mjs';
import { open } from './space-lib.mjs';

export const name = 'audit: the scene in space';
export const options = quiet;

export default async function ({ page, base }) {
  await open(page, base);
  const { look, end } = await audit(page);
  await unfold(page);
  await look('solved');
  end();
}
