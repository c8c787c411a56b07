"""The works that rules, models and data come from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Work:
    """``full`` is the entry of the list at the end."""

    authors: str
    year: int
    full: str

    @property
    def in_sentence(self) -> str:
        return f"{self.authors} ({self.year})"

    @property
    def in_brackets(self) -> str:
        return f"{self.authors}, {self.year}"


BIBLIOGRAPHY = {
    "bengio_1994": Work(
        "Bengio et al.",
        1994,
        "Bengio, Y., Simard, P. y Frasconi, P. (1994). Learning long-term dependencies with gradient "
        "descent is difficult. *IEEE Transactions on Neural Networks*, 5(2).",
    ),
    "dai_le_2015": Work(
        "Dai y Le",
        2015,
        "Dai, A. M. y Le, Q. V. (2015). Semi-supervised sequence learning. *Advances in Neural "
        "Information Processing Systems*, 28.",
    ),
    "goodfellow_2014": Work(
        "Goodfellow et al.",
        2014,
        "Goodfellow, I. et al. (2014). Generative adversarial nets. *Advances in Neural Information "
        "Processing Systems*, 27.",
    ),
    "guo_2017": Work(
        "Guo et al.",
        2017,
        "Guo, C. et al. (2017). On calibration of modern neural networks. *International Conference on "
        "Machine Learning*, 34.",
    ),
    "heusel_2017": Work(
        "Heusel et al.",
        2017,
        "Heusel, M. et al. (2017). GANs trained by a two time-scale update rule converge to a local Nash "
        "equilibrium. *Advances in Neural Information Processing Systems*, 30.",
    ),
    "hochreiter_1997": Work(
        "Hochreiter y Schmidhuber",
        1997,
        "Hochreiter, S. y Schmidhuber, J. (1997). Long short-term memory. *Neural Computation*, 9(8).",
    ),
    "lecun_1998": Work(
        "LeCun et al.",
        1998,
        "LeCun, Y. et al. (1998). Gradient-based learning applied to document recognition. "
        "*Proceedings of the IEEE*, 86(11).",
    ),
    "maas_2011": Work(
        "Maas et al.",
        2011,
        "Maas, A. L. et al. (2011). Learning word vectors for sentiment analysis. *Proceedings of the "
        "Annual Meeting of the Association for Computational Linguistics*, 49.",
    ),
    "mann_whitney_1947": Work(
        "Mann y Whitney",
        1947,
        "Mann, H. B. y Whitney, D. R. (1947). On a test of whether one of two random variables is "
        "stochastically larger than the other. *The Annals of Mathematical Statistics*, 18(1).",
    ),
    "mcnemar_1947": Work(
        "McNemar",
        1947,
        "McNemar, Q. (1947). Note on the sampling error of the difference between correlated proportions "
        "or percentages. *Psychometrika*, 12(2).",
    ),
    "prechelt_1998": Work(
        "Prechelt",
        1998,
        "Prechelt, L. (1998). Early stopping — but when? En *Neural Networks: Tricks of the Trade*. "
        "Springer.",
    ),
    "radford_2016": Work(
        "Radford et al.",
        2016,
        "Radford, A. et al. (2016). Unsupervised representation learning with deep convolutional "
        "generative adversarial networks. *International Conference on Learning Representations*.",
    ),
    "salimans_2016": Work(
        "Salimans et al.",
        2016,
        "Salimans, T. et al. (2016). Improved techniques for training GANs. *Advances in Neural "
        "Information Processing Systems*, 29.",
    ),
    "wang_manning_2012": Work(
        "Wang y Manning",
        2012,
        "Wang, S. y Manning, C. D. (2012). Baselines and bigrams: simple, good sentiment and topic "
        "classification. *Proceedings of the Annual Meeting of the Association for Computational "
        "Linguistics*, 50.",
    ),
    "wilson_1927": Work(
        "Wilson",
        1927,
        "Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. "
        "*Journal of the American Statistical Association*, 22(158).",
    ),
    "zeiler_2014": Work(
        "Zeiler y Fergus",
        2014,
        "Zeiler, M. D. y Fergus, R. (2014). Visualizing and understanding convolutional networks. "
        "*European Conference on Computer Vision*.",
    ),
}
