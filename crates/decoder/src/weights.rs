//! A network's weights as plain numbers, in the order of its layers.

use crate::layers::Network;
use burn::module::{ModuleMapper, ModuleVisitor, Param};
use burn::tensor::{Tensor, TensorData};

/// The weights, each layer's before its biases, row by row.
pub(crate) fn weights(network: &impl Network) -> Vec<f32> {
    let mut reader = Reader(vec![]);
    network.visit(&mut reader);
    reader.0
}

/// How many weights each tensor of the network has, with its shape.
#[cfg(feature = "training")]
pub(crate) fn sizes(network: &impl Network) -> Vec<Vec<usize>> {
    let mut measure = Measure(vec![]);
    network.visit(&mut measure);
    measure.0
}

/// The network with other weights, if there are as many of them.
pub(crate) fn with_weights<N: Network>(network: N, weights: &[f32]) -> Option<N> {
    let mut writer = Writer { rest: Some(weights) };
    let network = network.map(&mut writer);
    (writer.rest == Some(&[])).then_some(network)
}

/// Numbers of a tensor, wherever they are.
pub(crate) fn numbers<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    let data = tensor.into_data();
    // Everything here is f32, so that this moves the numbers; iterating takes nanoseconds for each.
    data.try_into_vec::<f32>().unwrap_or_default()
}

struct Reader(Vec<f32>);

impl ModuleVisitor for Reader {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.0.extend(numbers(param.val()));
    }
}

#[cfg(feature = "training")]
struct Measure(Vec<Vec<usize>>);

#[cfg(feature = "training")]
impl ModuleVisitor for Measure {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.0.push(param.val().dims().to_vec());
    }
}

struct Writer<'a> {
    /// `None` once there were too few.
    rest: Option<&'a [f32]>,
}

impl ModuleMapper for Writer<'_> {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let shape = param.val().dims();
        let split = self.rest.and_then(|rest| rest.split_at_checked(shape.iter().product()));
        self.rest = split.map(|(_, rest)| rest);
        match split {
            Some((here, _)) => replaced(param, here.to_vec()),
            None => param,
        }
    }
}

/// A parameter with other numbers, trained if it was.
pub(crate) fn replaced<const D: usize>(
    param: Param<Tensor<D>>,
    numbers: Vec<f32>,
) -> Param<Tensor<D>> {
    param.map(|old| {
        let (shape, device) = (old.dims(), old.device());
        let new = Tensor::from_data(TensorData::new(numbers, shape), &device);
        new.set_require_grad(old.is_require_grad())
    })
}
