//! How many linear regions a network can have at most.

/// A bound: a whole number, often far beyond what f64 or u128 hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The number in blocks of nine decimal digits, the lowest first.
    blocks: Vec<u32>,
}

const BLOCK: u128 = 1_000_000_000;

impl Bound {
    fn one() -> Self {
        Self { blocks: vec![1] }
    }

    /// Times `factor`, which is at most 2⁶⁴.
    fn times(mut self, factor: u128) -> Self {
        let mut carry = 0;
        for block in &mut self.blocks {
            let x = u128::from(*block) * factor + carry;
            *block = (x % BLOCK) as u32;
            carry = x / BLOCK;
        }
        while carry > 0 {
            self.blocks.push((carry % BLOCK) as u32);
            carry /= BLOCK;
        }
        self
    }

    /// All digits.
    pub fn digits(&self) -> String {
        let mut blocks = self.blocks.iter().rev();
        let first = blocks.next().map(u32::to_string).unwrap_or_default();
        blocks.fold(first, |digits, block| format!("{digits}{block:09}"))
    }

    /// log₁₀ of it, to within 10⁻¹³ or so.
    pub fn log10(&self) -> f64 {
        libm::log10(self.to_f64_scaled()) + 9.0 * (self.blocks.len() as f64 - 1.0)
    }

    /// Whether `count` regions are more than the bound allows.
    pub fn is_exceeded_by(&self, count: usize) -> bool {
        let most = self
            .blocks
            .iter()
            .rev()
            .try_fold(0_u128, |n, block| n.checked_mul(BLOCK)?.checked_add(u128::from(*block)));
        most.is_some_and(|most| count as u128 > most)
    }

    /// The number over 10⁹ to the power of its blocks less one.
    fn to_f64_scaled(&self) -> f64 {
        self.blocks.iter().fold(0.0, |low, block| low / BLOCK as f64 + f64::from(*block))
    }
}

/// C(d, n) = Σ_{k ≤ d} binom(n, k): the regions into which n hyperplanes in general position cut a
/// space of d dimensions, and the most that any do. `n` is at most 64.
fn regions_of_hyperplanes(d: usize, n: usize) -> u128 {
    let (mut sum, mut binomial) = (1, 1_u128);
    for k in 1..=d.min(n) {
        binomial = binomial * (n - k + 1) as u128 / k as u128;
        sum += binomial;
    }
    sum
}

/// Π C(wᵢ₋₁, wᵢ) over the hidden layers, w₀ = 2: each layer's hyperplanes cut every piece of what
/// feeds it as if that had all of its dimensions (Lei, Luo, Yau and Gu, *Geometric Understanding of
/// Deep Learning*, 2018, where the last, linear layer is counted too: it cuts nothing).
pub fn most_regions(widths: &[usize]) -> Bound {
    let before = std::iter::once(&2).chain(widths);
    before
        .zip(widths)
        .fold(Bound::one(), |bound, (d, n)| bound.times(regions_of_hyperplanes(*d, *n)))
}

/// Π C(dᵢ, wᵢ) with dᵢ = min(2, w₁, …, wᵢ₋₁): what feeds a layer is, piece by piece, an affine image
/// of the plane (Montúfar, *Notes on the number of linear regions of deep neural networks*, SampTA
/// 2017; for growing widths Raghu et al., ICML 2017, theorem 1). Serra, Tjandraatmadja and
/// Ramalingam (ICML 2018) go below it where many units rest.
pub fn most_regions_of_plane(widths: &[usize]) -> Bound {
    let mut dimension = 2;
    widths.iter().fold(Bound::one(), |bound, n| {
        let bound = bound.times(regions_of_hyperplanes(dimension, *n));
        dimension = dimension.min(*n);
        bound
    })
}
