/** Points as `[[x, y], …]` or flat as x, y, x, y, …. */
export type Points = ReadonlyArray<readonly [number, number]> | Float64Array | Float32Array;

/** A normal density, cut off at the domain's border; in the units of the sites. */
export interface Gaussian {
  type: 'gaussian';
  /** Where the density is largest; need not be in the domain. */
  mean: readonly [number, number];
  /** Above 0. */
  sigma: number;
}

export interface Problem {
  /** At least one site; at most 1e60 in absolute value. */
  sites: Points;
  /** One positive mass a site; normalised to sum 1. Equal masses if absent. */
  masses?: ArrayLike<number> | null;
  /**
   * `square` (the default, [0,1]²), `rectangle:x0,y0,x1,y1`, `disk:x,y,r`,
   * `polygon:x,y;x,y;…`, or the vertices of a convex polygon.
   */
  domain?: string | Points;
  /**
   * Density of the source on the domain: constant (the default), or exp(−|x − mean|² / 2σ²),
   * restricted to the domain. No corner may be more than 25 σ from the mean.
   */
  source?: 'uniform' | { type: 'uniform' } | Gaussian;
  /** `newton`, the exact solver. */
  method?: 'newton';
  /** Bound on the residual, between 0 and 1. Default 1e-9. */
  tolerance?: number;
  /** Accepted for methods to come; the exact solver draws nothing at random. */
  seed?: number;
}

export interface Progress {
  /** Newton steps taken. */
  iteration: number;
  /** maxᵢ |wᵢ − νᵢ| / νᵢ. */
  residual: number;
}

export interface SolveOptions {
  /** Aborting ends the solve and rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Called before each step. */
  onProgress?: (progress: Progress) => void;
}

export interface Report {
  method: string;
  iterations: number;
  /** maxᵢ |wᵢ − νᵢ| / νᵢ. */
  residual: number;
  /** The residual at the start and after each step. */
  residualHistory: number[];
  /** minᵢ wᵢ/νᵢ. */
  smallestCell: number;
  /** E(h) = ∫ u dμ − Σ νᵢ hᵢ. */
  energy: number;
  /** ∫|x−∇u|²dμ, the exact cost to the masses reached. */
  w2Primal: number;
  /** Lower bound of W₂². */
  w2Dual: number;
  /** Upper bound of W₂². */
  w2Upper: number;
  /** `w2Upper` − `w2Dual`. */
  dualityGap: number;
  /** Of the solve alone. */
  milliseconds: number;
  stopped: 'tolerance' | 'precision' | 'cancelled' | 'iterations';
  /** Pairs (site, first site at the same place). */
  merged: [number, number][];
  /** The smallest residual f64 can be expected to reach here, an estimate. */
  precisionLimit: number;
}

/** Arrays keep the order and the length of the input. */
export interface Plan {
  /** Vertices of the domain, counter-clockwise, flat. */
  domain: Float64Array;
  /** Sites, flat. */
  sites: Float64Array;
  /** Masses, Σ = 1; of merged sites the first carries the sum, the others 0. */
  masses: Float64Array;
  /** Input masses times this are the masses. */
  factor: number;
  /** Heights of u(x) = maxᵢ (⟨x, yᵢ⟩ + hᵢ), Σ = 0. */
  heights: Float64Array;
  /** Mass of each cell; from the uniform source its share of the area. */
  cellMasses: Float64Array;
  /** Centroids of the cells, flat; NaN where there is no cell. */
  centroids: Float64Array;
  /** Cell i is vertices `offsets[i]` to `offsets[i + 1]` (counted in points), counter-clockwise. */
  cells: { vertices: Float64Array; offsets: Uint32Array };
  report: Report;
}

/** What every rejection is, except those by an abort signal. */
export interface BrenierError extends Error {
  code: string;
  /** The offending site, mass or vertex, counted from 0. */
  index?: number;
}

export class Brenier {
  /** Starts a worker and loads the solver. */
  static load(): Promise<Brenier>;
  /** Solves one problem. Calls run one after another. */
  solve(problem: Problem, options?: SolveOptions): Promise<Plan>;
  /** Ends the worker. */
  close(): void;
}
