"""Part B: what is learned from images, and how it is measured: the GAN, the judge, and what that reads."""
