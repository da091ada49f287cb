//! What is refused, with its name.

use crate::{Activation, Config, Init, Loss, Schedule, Trainer};

fn refused(code: &str, change: impl Fn(&mut Config)) {
    let mut config = Config::page(Loss::NonSaturating, 1, 0);
    change(&mut config);
    let error = Trainer::new(config).unwrap_err();
    assert_eq!(error.code(), code, "{error}");
    assert!(!error.to_string().is_empty());
}

#[test]
fn the_ready_made_are_accepted() {
    for packing in 1..=4 {
        Config::paper(packing, 1).check().unwrap();
        Config::page(Loss::LeastSquares, packing, 1).check().unwrap();
        Config::page(Loss::Wasserstein { penalty: 10.0 }, packing, 1).check().unwrap();
    }
}

#[test]
fn the_paper_has_its_parameters() {
    let trainer = Trainer::new(Config::paper(4, 1)).unwrap();
    let count = |parameters: Vec<&[f32]>| parameters.iter().map(|p| p.len()).sum::<usize>();
    // Linear without bias, scale and shift, four times; then the plane.
    let generator = 2 * 400 + 3 * 400 * 400 + 4 * 800 + 400 * 2 + 2;
    assert_eq!(count(trainer.generator.parameters()), generator);
    let discriminator = 8 * 1000 + 2 * 200 * 1000 + 3 * 1000 + 200 + 1;
    assert_eq!(count(trainer.discriminator.parameters()), discriminator);
}

#[test]
fn what_is_out_of_range() {
    refused("gan-latent", |c| c.generator.latent.dimension = 0);
    refused("gan-packing", |c| c.packing = 0);
    refused("gan-packing", |c| c.packing = 5);
    refused("gan-batch", |c| c.batch = 1);
    refused("gan-layers", |c| c.generator.widths = vec![2; 17]);
    refused("gan-width", |c| c.generator.widths[1] = 0);
    refused("gan-width", |c| c.discriminator.widths[0] = 8193);
    refused("gan-width", |c| c.discriminator.widths[0] = usize::MAX);
    refused("gan-parameters", |c| c.generator.widths = vec![8000; 4]);
    refused("gan-slope", |c| c.discriminator.activation = Activation::LeakyRelu { slope: 1.0 });
    refused("gan-slope", |c| c.generator.activation = Activation::LeakyRelu { slope: f64::NAN });
    refused("gan-pieces", |c| c.discriminator.activation = Activation::Maxout { pieces: 1 });
    refused("gan-pieces", |c| c.discriminator.activation = Activation::Maxout { pieces: 0 });
    refused("gan-init", |c| c.generator.init = Init::Normal { deviation: 0.0 });
    refused("gan-penalty", |c| c.loss = Loss::Wasserstein { penalty: f64::INFINITY });
    refused("gan-adam", |c| c.generator_adam.rate = 0.0);
    refused("gan-adam", |c| c.discriminator_adam.beta2 = 1.0);
    refused("gan-schedule", |c| c.schedule = Schedule::Alternating { discriminator_steps: 0 });
}
