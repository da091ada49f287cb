//! What happens when a device is lost, and which one is taken.

use crate::{planes, wide};
use gpu::{Backend, Device, Gpu};
use pollster::block_on;
use transport::monte_carlo::{Adam, AdamSteps, CellMass, Draw, Law, Sequence, Want};

const DRAW: Draw = Draw { seed: 4, first: 0, count: 500 };

#[test]
#[cfg_attr(not(adapter), ignore = "no GPU, nor a driver that plays one")]
fn a_lost_device_is_an_error_and_leaves_no_half_step() {
    let (planes, heights) = planes(Law::Cube, Sequence::Sobol, 2, 10);
    let mut gpu = block_on(Gpu::open(planes, false)).unwrap();
    let steps = AdamSteps { steps: 2, draw: DRAW, rate: 0.1, beta1: 0.9, beta2: 0.5 };
    let mut adam = Adam::new(wide(&heights));
    gpu.destroy();
    let before = adam.clone();
    let error = block_on(gpu.descend(&mut adam, &steps)).unwrap_err();
    assert!(error.to_string().contains("lost"), "{error}");
    assert_eq!(adam, before);
    assert!(block_on(gpu.estimate(&wide(&heights), DRAW, Want::default())).is_err());
}

#[test]
#[cfg_attr(not(adapter), ignore = "no GPU, nor a driver that plays one")]
fn work_goes_on_without_a_lost_device() {
    let (planes, heights) = planes(Law::Cube, Sequence::Sobol, 2, 10);
    let mut backend = block_on(Backend::open(planes, Device::Gpu, 1)).unwrap();
    let ask = |backend: &mut Backend| {
        block_on(backend.estimate(&wide(&heights), DRAW, Want::default())).unwrap()
    };
    let before = ask(&mut backend);
    let gpu_name = backend.name();
    assert!(backend.trouble().is_none());
    backend.gpu().unwrap().destroy();
    let after = ask(&mut backend);
    assert!(backend.trouble().unwrap().to_string().contains("lost"));
    assert!(backend.gpu().is_none());
    assert_ne!(backend.name(), gpu_name);
    assert!(backend.name().ends_with("since the GPU failed"), "{}", backend.name());
    let off: u64 = before.counts.iter().zip(&after.counts).map(|(a, b)| a.abs_diff(*b)).sum();
    assert!(off <= 4, "{:?} became {:?}", before.counts, after.counts);
}

#[test]
#[cfg_attr(not(adapter), ignore = "no GPU, nor a driver that plays one")]
fn left_to_itself_it_takes_no_gpu_in_software() {
    let (planes, _) = planes(Law::Cube, Sequence::Sobol, 2, 300);
    let software = block_on(Gpu::open(planes.clone(), false)).unwrap().is_software();
    let backend = block_on(Backend::open(planes.clone(), Device::Auto, 1)).unwrap();
    assert_eq!(backend.gpu().is_none(), software, "{}", backend.name());
    assert_eq!(backend.trouble().is_some(), software);
    let backend = block_on(Backend::open(planes, Device::Cpu, 1)).unwrap();
    assert!(backend.gpu().is_none() && backend.trouble().is_none());
    // Too few to be worth opening one, which is no trouble.
    let (few, _) = crate::planes(Law::Cube, Sequence::Sobol, 2, 10);
    let backend = block_on(Backend::open(few, Device::Auto, 1)).unwrap();
    assert!(backend.gpu().is_none() && backend.trouble().is_none());
}
