//! Looking at a run: samples, the map, the fields. Nothing here changes it.

use crate::discriminator::Tape;
use crate::loss::Loss;
use crate::matrix::Matrix;
use crate::norm::Statistics;
use crate::random::Purpose;
use crate::trainer::Trainer;

/// Draws of z that the statistics of batch normalisation are taken from, for samples and maps.
pub const STATISTICS: usize = 1024;

/// Packs that a point is scored in, where packs hold more than one.
pub const COMPANIONS: usize = 4;

/// Rows passed through a network at once.
const ROWS: usize = 1024;

impl Trainer {
    /// `count` generated points: images under [`Trainer::map`] of z that are fixed by the seed, so
    /// that points move as the run goes on.
    pub fn generate(&mut self, count: usize) -> Vec<[f32; 2]> {
        let z = self.latent(Purpose::Samples, 0, count);
        self.mapped(&z)
    }

    /// The generator's images of `z`, one after the other (count × latent coordinates); what is left
    /// of an incomplete last one is ignored.
    ///
    /// Batch normalisation uses the mean and variance over [`STATISTICS`] draws of z, fixed by the
    /// seed, under the generator as it is: the map takes each z by itself and is continuous.
    pub fn map(&mut self, z: &[f32]) -> Vec<[f32; 2]> {
        let columns = self.config().generator.latent.dimension;
        let rows = z.len() / columns;
        self.mapped(&Matrix::new(rows, columns, z[..rows * columns].to_vec()))
    }

    fn mapped(&mut self, z: &Matrix<f32>) -> Vec<[f32; 2]> {
        let statistics = self.population();
        let mut points = Vec::with_capacity(z.rows());
        for z_rows in z.entries().chunks(ROWS * z.columns()) {
            let rows = z_rows.len() / z.columns();
            let chunk = Matrix::new(rows, z.columns(), z_rows.to_vec());
            let images = self.generator.apply(&mut self.products, chunk, &statistics);
            points.extend(images.iter_rows().map(|row| [row[0], row[1]]));
        }
        self.statistics = Some(statistics);
        points
    }

    /// Takes the statistics out of their keep, or makes them.
    pub(crate) fn population(&mut self) -> Vec<Statistics<f32>> {
        if let Some(kept) = self.statistics.take() {
            return kept;
        }
        let z = self.latent(Purpose::Statistics, 0, STATISTICS);
        self.generator.statistics(&mut self.products, z)
    }

    /// The discriminator's output at each of `points`: for [`Loss::NonSaturating`] the probability
    /// σ(s) of being real, else the score s.
    ///
    /// A discriminator of packs sees each point as the first of [`COMPANIONS`] packs whose other
    /// points are generated, from z fixed by the seed, and the outputs are averaged.
    pub fn discriminate(&mut self, points: &[[f32; 2]]) -> Vec<f32> {
        let loss = self.config().loss;
        let mut outputs = vec![0.0; points.len()];
        self.score(points, |_, first, tape, share| {
            for (output, score) in outputs[first..].iter_mut().zip(&tape.scores) {
                *output += share * loss.output(f64::from(*score)) as f32;
            }
        });
        outputs
    }

    /// At each of `points`, where the generator's loss would move a generated point: minus the
    /// gradient of a single point's loss in its place, its companions (as for
    /// [`Trainer::discriminate`]) held fixed.
    pub fn gradient_field(&mut self, points: &[[f32; 2]]) -> Vec<[f32; 2]> {
        let loss: Loss = self.config().loss;
        let mut arrows = vec![[0.0; 2]; points.len()];
        self.score(points, |trainer, first, tape, share| {
            let mut slopes = loss.of_generator(&tape.scores).slopes;
            // Of each point's own loss, not of the mean over the points asked for.
            let count = slopes.len() as f32;
            slopes.iter_mut().for_each(|slope| *slope *= count);
            let deltas = trainer.discriminator.deltas(&mut trainer.products, tape);
            let g = trainer.discriminator.in_packs(&mut trainer.products, &deltas, &slopes);
            for (arrow, g) in arrows[first..].iter_mut().zip(g.iter_rows()) {
                *arrow = [arrow[0] - share * g[0], arrow[1] - share * g[1]];
            }
        });
        arrows
    }

    /// Scores `points` chunk by chunk, with each set of companions, and hands on the first point's
    /// index, the tape, and the share that it has in the average.
    fn score(
        &mut self,
        points: &[[f32; 2]],
        mut each: impl FnMut(&mut Self, usize, &Tape<f32>, f32),
    ) {
        let others = self.config().packing - 1;
        let sets = if others == 0 { 1 } else { COMPANIONS };
        let z = self.latent(Purpose::Companions, 0, sets * others);
        let companions = if others == 0 { Vec::new() } else { self.mapped(&z) };
        for (chunk, points) in points.chunks(ROWS).enumerate() {
            for set in 0..sets {
                let with = &companions[set * others..][..others];
                let mut packs = Vec::with_capacity(points.len() * 2 * (others + 1));
                for point in points {
                    packs.extend(point);
                    packs.extend(with.as_flattened());
                }
                let packs = Matrix::new(points.len(), 2 * (others + 1), packs);
                let tape = self.discriminator.forward(&mut self.products, packs);
                each(self, chunk * ROWS, &tape, 1.0 / sets as f32);
            }
        }
    }
}
