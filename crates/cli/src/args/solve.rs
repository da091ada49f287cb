//! The words of `brenier solve`.

use lab::error::Error;
use lab::monte_carlo::{DeviceName, Method, SequenceName};
use lexopt::Parser;
use transport::Density;

use super::{
    Command, Given, MonteCarloArgs, SolveArgs, count, input, next, number, once, positive, stray,
    text, unknown, usage,
};

/// Every option.
pub(crate) const OPTIONS: [&str; 16] = [
    "sites",
    "masses",
    "domain",
    "source",
    "method",
    "tolerance",
    "max-iterations",
    "samples",
    "max-samples",
    "rate",
    "sequence",
    "seed",
    "device",
    "repeat",
    "threads",
    "json",
];

/// Domains of R^d, which Monte Carlo alone knows.
pub(crate) const SPACES: [&str; 3] = ["cube", "ball", "gaussian"];

/// Reads the options of `brenier solve`.
pub(super) fn parse(parser: &mut Parser) -> Result<Command, Error> {
    let (mut sites, mut masses, mut domain) = (None, None, "square".to_owned());
    let (mut tolerance, mut max_iterations, mut repeat, mut json) = (None, None, None, false);
    let (mut density, mut method, mut threads) = (None, None, None);
    let mut special = None;
    let mut options = MonteCarloArgs {
        method: Method::Hierarchical,
        samples: None,
        max_samples: None,
        rate: None,
        sequence: SequenceName::Sobol,
        seed: 0,
        device: DeviceName::Auto,
        threads: None,
    };
    while let Some(given) = next(parser)? {
        let Given::Option(name) = given else { return Err(stray(given)) };
        let wanted = "a whole number from 0 to 4294967295";
        match name.as_str() {
            "help" => return Ok(Command::Help(crate::help::SOLVE)),
            "json" => json = true,
            "sites" => sites = Some(input(parser, &name)?),
            "masses" => masses = Some(input(parser, &name)?),
            "domain" => domain = text(parser, &name)?,
            "source" => density = Some(source(&text(parser, &name)?)?),
            "tolerance" => tolerance = Some(positive(parser, &name)?),
            "max-iterations" => max_iterations = Some(count(parser, &name)?),
            "repeat" => repeat = Some(count(parser, &name)?),
            "method" => method = Some(text(parser, &name)?),
            "threads" => threads = Some(count(parser, &name)?),
            "samples" => options.samples = Some(number(parser, &name, wanted)?),
            "max-samples" => options.max_samples = Some(number(parser, &name, wanted)?),
            "rate" => options.rate = Some(positive(parser, &name)?),
            "sequence" => options.sequence = sequence(&text(parser, &name)?)?,
            "seed" => options.seed = number(parser, &name, wanted)?,
            "device" => options.device = device(&text(parser, &name)?)?,
            _ => return Err(unknown(&name, &OPTIONS, "brenier solve --help")),
        }
        if ["samples", "max-samples", "rate", "sequence", "seed", "device"].contains(&&*name) {
            special = Some(name);
        }
    }
    let sites = sites
        .ok_or_else(|| usage("no sites: write --sites FILE, or --sites - for standard input"))?;
    once([Some(&sites), masses.as_ref()])?;
    options.threads = threads;
    let monte_carlo =
        chosen(method.as_deref(), &domain)?.map(|method| MonteCarloArgs { method, ..options });
    match &monte_carlo {
        Some(_) if density.is_some() && SPACES.contains(&&*domain) => {
            return Err(usage(
                "--source goes with a domain of the plane: leave it out, or write --domain gaussian for the standard normal distribution",
            ));
        }
        Some(_) if density.is_some_and(|d| d != Density::Uniform) => {
            return Err(usage(
                "Monte Carlo samples the uniform source: leave --source out, or use --method newton",
            ));
        }
        None if threads.is_some_and(|threads| threads != 1) => {
            return Err(usage(
                "the exact solver runs on one thread: write --threads 1 or leave it out",
            ));
        }
        None => {
            if let Some(name) = special {
                return Err(usage(format!(
                    "--{name} belongs to Monte Carlo: add --method adam, lbfgs or hierarchical, or leave it out"
                )));
            }
        }
        Some(_) => {}
    }
    Ok(Command::Solve(SolveArgs {
        sites,
        masses,
        domain,
        density: density.unwrap_or(Density::Uniform),
        tolerance,
        max_iterations,
        repeat,
        json,
        monte_carlo,
    }))
}

/// The Monte Carlo method asked for, if any: of the method's name and the domain's.
fn chosen(method: Option<&str>, domain: &str) -> Result<Option<Method>, Error> {
    let space = SPACES.contains(&domain);
    match method {
        None => Ok(space.then_some(Method::Hierarchical)),
        Some("newton") if space => Err(usage(format!(
            "the exact method is for domains of the plane: for {domain} write --method adam, lbfgs or hierarchical, or leave it out"
        ))),
        Some("newton") => Ok(None),
        Some(name) => match Method::from_name(name) {
            Some(method) => Ok(Some(method)),
            None => Err(usage(format!(
                "there is no method “{name}”: write newton, adam, lbfgs or hierarchical"
            ))),
        },
    }
}

/// `uniform` or `gaussian:x,y,sigma`.
fn source(text: &str) -> Result<Density, Error> {
    if text == "uniform" {
        return Ok(Density::Uniform);
    }
    let numbers: Option<Vec<f64>> = text
        .strip_prefix("gaussian:")
        .and_then(|rest| rest.split(',').map(|n| n.trim().parse().ok()).collect());
    match numbers.as_deref() {
        Some(&[x, y, sigma]) => Ok(Density::Gaussian { mean: [x, y], sigma }),
        _ => Err(usage(format!(
            "--source wants uniform or gaussian:x,y,sigma with three numbers, not “{text}”"
        ))),
    }
}

fn sequence(text: &str) -> Result<SequenceName, Error> {
    match text {
        "sobol" => Ok(SequenceName::Sobol),
        "philox" => Ok(SequenceName::Philox),
        _ => Err(usage(format!("--sequence wants sobol or philox, not “{text}”"))),
    }
}

fn device(text: &str) -> Result<DeviceName, Error> {
    match text {
        "auto" => Ok(DeviceName::Auto),
        "cpu" => Ok(DeviceName::Cpu),
        "gpu" => Ok(DeviceName::Gpu),
        _ => Err(usage(format!("--device wants auto, cpu or gpu, not “{text}”"))),
    }
}
