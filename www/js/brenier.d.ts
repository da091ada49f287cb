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
  /** The exact solver. */
  method?: 'newton';
  /** Bound on the residual, between 0 and 1. Default 1e-9. */
  tolerance?: number;
  /** Accepted; the exact solver draws nothing at random. */
  seed?: number;
}

/** A problem for Monte Carlo, in any dimension. */
export interface RandomProblem {
  /** Rows of d numbers, or flat with `dimension`. */
  sites: ReadonlyArray<ArrayLike<number>> | Float64Array | Float32Array;
  /** d, from 1 to 256. From the rows; 2 for flat sites. */
  dimension?: number;
  /** One positive mass a site; normalised to sum 1. Equal masses if absent. */
  masses?: ArrayLike<number> | null;
  /**
   * In the plane `square` (the default there), `rectangle:x0,y0,x1,y1`, `disk:x,y,r`; in any
   * dimension `cube` ([0,1]^d, the default), `ball` (the unit ball), `gaussian` (standard normal).
   */
  domain?: string;
  method: 'adam' | 'lbfgs' | 'hierarchical';
  /** Largest root mean square of wᵢ/νᵢ − 1 to accept, noise taken off. Default 0.01. */
  tolerance?: number;
  /** Samples of the first steps; by default 16 a site, at least 4,096. */
  samples?: number;
  /** Seed of all samples. Default 0. */
  seed?: number;
  /** Low-discrepancy samples (the default) or independent ones. */
  sequence?: 'sobol' | 'philox';
  /** Adam's first step length. Default 0.05. */
  rate?: number;
  /** `auto` (the default) takes WebGPU where there is a real adapter; `gpu` fails without one. */
  device?: 'auto' | 'cpu' | 'gpu';
}

export interface RandomProgress {
  phase: string;
  /** Steps taken. */
  iteration: number;
  /** Root mean square of wᵢ/νᵢ − 1 as last measured, plus one standard error; infinite before. */
  residual: number;
  /** Samples drawn. */
  samples: number;
  milliseconds: number;
  /** What runs: `CPU, 1 thread`, or `WebGPU` with the adapter's name. */
  device: string;
}

export interface Progress {
  /** Newton steps taken. */
  iteration: number;
  /** maxᵢ |wᵢ − νᵢ| / νᵢ. */
  residual: number;
}

export interface SolveOptions<P = Progress> {
  /** Aborting ends the solve and rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Called before each step of the exact solver; of Monte Carlo, many times a second. */
  onProgress?: (progress: P) => void;
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

/** Estimates from fresh samples; each `…Error` is a standard error. */
export interface RandomReport {
  method: 'adam' | 'lbfgs' | 'hierarchical';
  iterations: number;
  /** √max(0, mean (ŵᵢ/νᵢ − 1)² − noise). */
  residual: number;
  residualError: number;
  residualHistory: number[];
  /** maxᵢ |ŵᵢ/νᵢ − 1|, noise and all, beside what noise alone would show. */
  maximum: number;
  maximumError: number;
  maximumNoise: number;
  /** ½ Σ |ŵᵢ − νᵢ|, noise and all, beside what noise alone would show. */
  variation: number;
  variationError: number;
  variationNoise: number;
  smallestCell: number;
  energy: number;
  energyError: number;
  w2Primal: number;
  w2PrimalError: number;
  w2Dual: number;
  w2DualError: number;
  w2Upper: number;
  w2UpperError: number;
  dualityGap: number;
  samples: number;
  milliseconds: number;
  stopped: 'tolerance' | 'noise' | 'starved' | 'cancelled' | 'iterations';
  /** Sites whose cell got no sample. */
  starved: number[];
  merged: [number, number][];
  device: string;
}

/** Arrays keep the order and the length of the input. */
export interface RandomPlan {
  dimension: number;
  sites: Float64Array;
  masses: Float64Array;
  factor: number;
  heights: Float64Array;
  /** Estimates. */
  cellMasses: Float64Array;
  /** Estimates, flat; NaN where a cell got no sample. */
  centroids: Float64Array;
  /** In the plane, the exact cells of these heights. */
  cells?: { vertices: Float64Array; offsets: Uint32Array };
  report: RandomReport;
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
  solve(problem: RandomProblem, options?: SolveOptions<RandomProgress>): Promise<RandomPlan>;
  /** Ends the worker. */
  close(): void;
}
