/**
 * Normal equations of a small least-squares problem and one damped Gauss-Newton step, as in
 * D. Marquardt, "An Algorithm for Least-Squares Estimation of Nonlinear Parameters", 1963.
 */
import { allocate } from "../memory";

/** Weight of a parameter that the residuals hardly depend on: keeps the matrix regular. */
const REGULAR: f64 = 1e-3;

@unmanaged
export class NormalEquations {
  /** Number of parameters. */
  size: i32;
  /** `size` rows of J'J, each followed by its element of -J'r. */
  sums: usize;
  /** Copy of `sums` for elimination. */
  work: usize;
  /** The last step solved for. */
  solution: usize;

  clear(): void {
    memory.fill(this.sums, 0, this.bytes());
  }

  /** Adds one residual, its weight and its gradient (`size` f64 at `gradient`). */
  add(residual: f64, weight: f64, gradient: usize): void {
    const size = this.size;
    for (let row = 0; row < size; row++) {
      const scaled = weight * load<f64>(gradient + ((<usize>row) << 3));
      if (scaled == 0) continue;
      for (let column = 0; column < size; column++) {
        const at = this.at(this.sums, row, column);
        store<f64>(at, load<f64>(at) + scaled * load<f64>(gradient + ((<usize>column) << 3)));
      }
      const at = this.at(this.sums, row, size);
      store<f64>(at, load<f64>(at) - scaled * residual);
    }
  }

  /** Solves (J'J + damping (diag J'J + regular)) step = -J'r into `solution`. */
  solve(damping: f64): void {
    memory.copy(this.work, this.sums, this.bytes());
    const size = this.size;
    for (let row = 0; row < size; row++) {
      const at = this.at(this.work, row, row);
      const sum = load<f64>(at);
      store<f64>(at, sum + damping * (sum + REGULAR) + 1e-12);
    }
    for (let pivot = 0; pivot < size; pivot++) this.eliminate(pivot);
    for (let row = size - 1; row >= 0; row--) this.substitute(row);
  }

  /** @returns element `index` of the last solution */
  step(index: i32): f64 {
    return load<f64>(this.solution + ((<usize>index) << 3));
  }

  /** @returns the largest magnitude in the last solution */
  largestStep(): f64 {
    let largest: f64 = 0;
    for (let i = 0; i < this.size; i++) largest = max(largest, abs(this.step(i)));
    return largest;
  }

  private bytes(): usize {
    return (<usize>this.size * <usize>(this.size + 1)) << 3;
  }

  private at(matrix: usize, row: i32, column: i32): usize {
    return matrix + ((<usize>(row * (this.size + 1) + column)) << 3);
  }

  private eliminate(pivot: i32): void {
    const diagonal = load<f64>(this.at(this.work, pivot, pivot));
    for (let row = pivot + 1; row < this.size; row++) {
      const factor = load<f64>(this.at(this.work, row, pivot)) / diagonal;
      for (let column = pivot; column <= this.size; column++) {
        const at = this.at(this.work, row, column);
        store<f64>(at, load<f64>(at) - factor * load<f64>(this.at(this.work, pivot, column)));
      }
    }
  }

  private substitute(row: i32): void {
    let sum = load<f64>(this.at(this.work, row, this.size));
    for (let column = row + 1; column < this.size; column++) {
      sum -= load<f64>(this.at(this.work, row, column)) * this.step(column);
    }
    store<f64>(this.solution + ((<usize>row) << 3), sum / load<f64>(this.at(this.work, row, row)));
  }
}

/** Equations of `size` parameters, all zero. */
export function normalEquationsNew(size: i32): NormalEquations {
  const equations = new NormalEquations();
  equations.size = size;
  equations.sums = allocate((size * (size + 1)) << 3);
  equations.work = allocate((size * (size + 1)) << 3);
  equations.solution = allocate(size << 3);
  return equations;
}
