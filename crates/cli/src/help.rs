//! What `--help` prints.

pub(crate) const BRENIER: &str = "\
brenier: semi-discrete optimal transport, and how well samples cover modes

Usage: brenier COMMAND [OPTIONS]

Commands:
  solve      the transport map from a domain to points with masses
  coverage   modes captured, high-quality share and reverse KL of samples
  bench      how long exact solves take on this machine
  train      a GAN on the plane, or faces and digits, for hours, kept and resumed
  latents    transport to the codes of a trained autoencoder, as the page loads it
  measure    what an autoencoder and its transport are worth on pictures held out
  gan        a GAN on the plane as the page trains it, with its curves

Options:
  --help, -h      this text; `brenier COMMAND --help` for a command's own
  --version, -V   the version

Exit codes: 0 done, 1 a solve stopped before its tolerance (the best answer is
written all the same), 2 bad input or usage.
";

pub(crate) const BENCH: &str = "\
brenier bench: how long solves take on this machine

Exact, on one thread: point set S of size N is numpy's
default_rng(0).random((S + 1, N, 2))[S], with equal masses, from the uniform
measure on the unit square to residual 1e-6; then 512 samples of the 5 x 5 grid
of Gaussians in raw coordinates, to 1e-9.

Usage: brenier bench [OPTIONS]

  --work WORK       exact (default)
                    grid    Monte Carlo on 256 and 512 samples of the grid, one
                            thread, judged by the exact power diagram
                    high    Monte Carlo on 4,096 sites in 64 dimensions
                    slopes  heights and gaps of Monte Carlo on M fixed samples

  --sizes N,N,...   (default: 100,512,2000,10000,32000)
  --seeds S         point sets of each size (default: 3)
  --repeat K        timed solves of each, after a warm-up (default: 5)
  --json            rows with all milliseconds, steps, residual and W2 squared

Examples:
  brenier bench
  brenier bench --sizes 512 --repeat 50 --json
  brenier bench --work grid --seeds 1
";

pub(crate) const TRAIN: &str = "\
brenier train gan: a whole run of the architecture of PacGAN's authors

Four hidden layers of 400 against three maxout layers of 200 by 5, 100 packs a
batch, 100,000 packs an epoch. The folder keeps the run after every epoch
(state.bin) and 2,500 generated points of each (history.bin); the same command
goes on where it stood. Progress goes to standard error.

Usage: brenier train gan --modes grid|ring --out FOLDER [OPTIONS]

  --modes NAME     the target: grid or ring
  --packing M      points the discriminator sees at once, 1 to 4 (default: 1)
  --epochs E       where to stop (default: 400)
  --seed S         (default: 0)
  --threads T      of the processor (default: all cores); the run is the same
  --out FOLDER     where the run is kept
  --recording FILE at the end, also a small file that the page can show

Example:
  brenier train gan --modes grid --packing 4 --out runs/grid-pac4-0

brenier train faces, digits, fashion: an autoencoder of pictures

In a brenier built with the feature faces. First encoder and decoder together,
then the decoder alone; the rate is halved where the error on held-out pictures
stops falling, and a step ends after five halvings. The folder keeps the run
(state.bin), the decoder in half precision (decoder.bdec) and, after each
epoch, a sheet of pictures above their reconstructions. The same command goes
on where it stood.

Usage: brenier train faces --data FILE --out FOLDER [OPTIONS]

  --data FILE      faces: a tar archive of 64 x 64 JPEGs with CelebA's numbers;
                   200000 to 200999 decide when a step ends, and those from
                   201000 are never looked at. digits, fashion: an idx file of
                   28 x 28 pictures, gzip or not; the last twelfth decides
  --labels FILE    digits, fashion: the idx file of their classes, for a
                   classifier that goes into the same file
  --extra FILE     faces: one more archive, for the first half of --epochs
  --latent D       coordinates of a code (default: 64 for faces, else 16)
  --epochs E       most of them with encoder and decoder (default: 12)
  --decoder-epochs E  most of them with the decoder alone (default: 6)
  --batch B        pictures in a batch (default: 32)
  --rate R         of Adam, at the start (default: 0.001)
  --edges W        what the errors' differences between neighbouring pixels weigh
                   in the loss (default: nothing)
  --backend NAME   flex, on the processor, or gpu, in a brenier built with the
                   feature faces-gpu (default: a GPU where one is built for and
                   there, else flex); a run may go on with the other
  --seed S         (default: 0)
  --out FOLDER     where the run is kept

Example:
  brenier train faces --data celeba64.tar --out runs/faces-64
";

pub(crate) const LATENTS: &str = "\
brenier latents: transport to the codes of an autoencoder

Encodes pictures that it was trained on, maps the codes into the unit cube by one
scale and one shift, solves the transport from the uniform measure on the cube by
Monte Carlo, and writes NAME.bdec, NAME.blat and NAME-strip.png, which the page
loads.

Usage: brenier latents faces|digits|fashion --run FOLDER --data FILE --out FOLDER

  --run FOLDER     the folder of brenier train
  --data FILE      the pictures that it was trained on
  --labels FILE    digits, fashion: the idx file of their classes
  --count N        pictures to encode (default: 4096)
  --tolerance T    root mean square of relative mass errors (default: 0.03)
  --quantile Q     of the jumps; those above are singular (default: 0.5)
  --share P        of the samples, to be interpolated between codes (default: 0.5)
  --seed S         of the choice and of the solve (default: 0)
  --out FOLDER     where the three files go
";

pub(crate) const MEASURE: &str = "\
brenier measure: what an autoencoder and its transport are worth

Its reconstructions of pictures held out beside those of principal components, and,
of generated pictures, Fréchet distances to the pictures held out, how much is
interpolated, and how new the codes are.

Usage: brenier measure faces|digits|fashion --run FOLDER --data FILE [OPTIONS]

  --run FOLDER     the folder of brenier train
  --data FILE      the pictures that it was trained on; of faces those from 201000
                   on are held out
  --held FILE      digits, fashion: an idx file of pictures held out
  --latents FILE   NAME.blat of brenier latents, for generated pictures
  --quantile Q, --share P
                   other ones than the file's
  --seed S         of the samples (default: 0)
  --json           numbers as JSON
";

pub(crate) const GAN: &str = "\
brenier gan: a GAN on the plane as the page trains it, with its curves

Prints losses, modes captured, share of high-quality samples and reverse KL at
the steps where the page's curves have their marks, and with --json also a
fingerprint of the whole state: the same in the page, bit for bit.

Usage: brenier gan --modes NAME [OPTIONS]

  --modes NAME         the target, as in the page: grid, ring, clusters, spiral
  --architecture NAME  page, small enough to watch (default), or paper, that of
                       PacGAN's authors
  --packing M          points the discriminator sees at once, 1 to 4 (default: 1)
  --loss NAME          non-saturating (default), least-squares or wasserstein
  --law NAME           of z: normal (default) or uniform
  --seed S             (default: 0)
  --steps N            where to stop (default: 10000)
  --every K            steps between marks (default: 100, after 10000 steps 500)
  --samples M          generated points scored at each mark (default: 2500)
  --json               write JSON

Example:
  brenier gan --modes grid --packing 4 --steps 2000
";

pub(crate) const SOLVE: &str = "\
brenier solve: semi-discrete optimal transport to points with masses

Finds heights h such that u(x) = max <x,y_i> + h_i has cells of the masses asked
for: in the plane exactly, by damped Newton steps on power diagrams; in any
dimension by Monte Carlo.

Usage: brenier solve --sites FILE [OPTIONS]

  --sites FILE        points, `x,y` or `x,y,mass` a line, or JSON; `-` reads
                      standard input. Commas, semicolons, tabs or spaces; a
                      header and lines that start with # are allowed
  --masses FILE       masses, one a line, where FILE of the sites has none;
                      any unit: they are divided by their sum
  --domain DOMAIN     where mass comes from (default: square)
                        square                 [0,1] x [0,1]
                        rectangle:x0,y0,x1,y1
                        disk:x,y,r             a polygon of 360 sides and equal area
                        polygon:FILE           convex, a vertex a line
                        auto                   a square around the sites
                      of R^d, d being the number of columns (masses then by
                      --masses), by Monte Carlo:
                        cube                   [0,1]^d
                        ball                   the unit ball
                        gaussian               the standard normal distribution
  --source SOURCE     how it is spread there (default: uniform)
                        uniform
                        gaussian:x,y,sigma     normal about (x, y), cut off at
                                               the domain's border
  --tolerance T       bound of the residual: of max |w - nu| / nu for newton
                      (default: 1e-9), of the debiased root mean square of
                      w / nu - 1 for Monte Carlo (default: 0.01)
  --max-iterations N  give up after N steps
  --method METHOD     newton          exact, in the plane (default there)
                      adam            fresh samples at each step, averaged
                      lbfgs           fixed samples, doubled and doubled again
                      hierarchical    clusters of sites first (default in R^d)
  --threads N         of the processor (default: 1 for newton, else all)
  --repeat K          solve K times after a warm-up and list all milliseconds
  --json              write the plan as JSON; without it a short report

Monte Carlo alone:
  --samples M         samples of the first steps (default: 16 a site)
  --max-samples M     most samples of one step (default: 16777216)
  --sequence S        sobol, scrambled low discrepancy (default), or philox,
                      independent samples
  --rate R            first step of adam, in deviations of <x,y> (default: 0.05)
  --seed S            (default: 0)
  --device DEVICE     auto (default): a GPU where there is a real one; cpu; gpu

Examples:
  brenier solve --sites points.csv
  brenier solve --sites points.csv --domain disk:0,0,1 --json > plan.json
  printf '0.2,0.5,1\\n0.8,0.5,3\\n' | brenier solve --sites - --json
  brenier solve --sites codes.csv --domain cube --tolerance 0.05 --json > plan.json
";

pub(crate) const COVERAGE: &str = "\
brenier coverage: how well samples cover the modes of a Gaussian mixture

Prints modes captured, share of high-quality samples (within 3 sigma of their
nearest mode) and reverse KL, each with its standard error and with the mean and
95 % interval that a perfect sampler reaches with as many samples.

Usage: brenier coverage --modes MODES --samples FILE [OPTIONS]
       brenier coverage --modes MODES --aeot [OPTIONS]
       brenier coverage --reproduce [OPTIONS]

  --modes MODES       grid: 25 modes at {-4,-2,0,2,4}^2, sigma 0.05
                      ring: 8 modes on the unit circle, sigma 0.01
                      FILE: `x,y,sigma` or `x,y,sigma,weight` a line
  --samples FILE      generated samples, `x,y` a line, or JSON; `-` reads
                      standard input
  --real-samples FILE the generator's training set: adds the distance from each
                      sample to its nearest real one, which shows memorising
  --reference CASE    perfect (default): independent samples of the truth;
                      resampled:N: independent draws from N true samples
  --seed S            of resampling, simulation and --aeot (default: 0)
  --json              write JSON: modes, highQuality, reverseKl, each as
                      {value, standardError, reference: {mean, low, high}}

Samples made by optimal transport (AE-OT): draw real samples of the modes, solve
exactly, generate through the extended map, score. The reference is resampled.
  --aeot              make the samples
  --real N            real samples (default: 512)
  --generate M        generated samples (default: 2500)
  --kappa K           the map is cut where it jumps more than K times the median
                      jump (default: 3)
  --domain DOMAIN     source domain, as for `brenier solve`, `auto` being the
                      page's own for the modes (default: auto)
  --repeat K          do it for seeds S, S+1, ... and add mean and standard error

The table of PacGAN's authors made anew: GAN and PacGAN2 to 4 as the page trains
them, recorded runs of the authors' architecture, AE-OT; published figures beside.
  --reproduce         first, then --modes grid or ring (default: both)
  --repeat K          seeds of each row (default: 10)
  --steps N           of each of the page's runs (default: 20000)
  --threads T         runs at once (default: all cores); each is as if alone
  --keep FILE         keep runs that have ended, and go on from them
  --recordings FOLDER recorded runs (default: www/recordings)

Examples:
  brenier coverage --modes grid --samples samples.csv
  brenier coverage --modes modes.csv --samples gan.csv --real-samples real.csv --json
  brenier coverage --modes grid --aeot --real 512 --generate 2500 --seed 0
  brenier coverage --modes grid --aeot --repeat 10
";
