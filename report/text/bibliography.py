"""The works that rules, models and data come from."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Work:
    """``authors`` as the text names them, ``everyone`` as the list at the end does; ``inside`` is
    what comes before the venue, ``detail`` what comes after it."""

    authors: str
    year: int
    everyone: str
    title: str
    venue: str
    detail: str = ""
    inside: str = ""

    @property
    def in_sentence(self) -> str:
        return f"{self.authors} ({self.year})"

    @property
    def in_brackets(self) -> str:
        return f"{self.authors}, {self.year}"

    def entry(self, traced: Callable[[str], str]) -> str:
        """Its line in the list at the end; ``traced`` writes what has numbers in it."""
        title = self.title if self.title.endswith("?") else f"{self.title}."
        detail = traced(self.detail) if self.detail else ""
        return (
            f"{traced(f'{self.everyone} ({self.year})')}. {_english(title)} "
            f"{self.inside}*{_english(self.venue)}*{detail}."
        )


def _english(text: str) -> str:
    """Said of what is not Spanish, so that it is pronounced and divided at the ends of lines as such."""
    return f'<span lang="en">{text}</span>'


BIBLIOGRAPHY = {
    "agresti_min_2005": Work(
        "Agresti y Min",
        2005,
        "Agresti, A. y Min, Y.",
        "Simple improved confidence intervals for comparing matched proportions",
        "Statistics in Medicine",
        ", 24(5)",
    ),
    "arjovsky_2017": Work(
        "Arjovsky et al.",
        2017,
        "Arjovsky, M., Chintala, S. y Bottou, L.",
        "Wasserstein generative adversarial networks",
        "International Conference on Machine Learning",
        ", 34",
    ),
    "bengio_1994": Work(
        "Bengio et al.",
        1994,
        "Bengio, Y., Simard, P. y Frasconi, P.",
        "Learning long-term dependencies with gradient descent is difficult",
        "IEEE Transactions on Neural Networks",
        ", 5(2)",
    ),
    "brier_1950": Work(
        "Brier",
        1950,
        "Brier, G. W.",
        "Verification of forecasts expressed in terms of probability",
        "Monthly Weather Review",
        ", 78(1)",
    ),
    "carlini_2023": Work(
        "Carlini et al.",
        2023,
        "Carlini, N. et al.",
        "Extracting training data from diffusion models",
        "USENIX Security Symposium",
        ", 32",
    ),
    "cho_2014": Work(
        "Cho et al.",
        2014,
        "Cho, K. et al.",
        "Learning phrase representations using RNN encoder-decoder for statistical machine translation",
        "Conference on Empirical Methods in Natural Language Processing",
    ),
    "dai_le_2015": Work(
        "Dai y Le",
        2015,
        "Dai, A. M. y Le, Q. V.",
        "Semi-supervised sequence learning",
        "Advances in Neural Information Processing Systems",
        ", 28",
    ),
    "delong_1988": Work(
        "DeLong et al.",
        1988,
        "DeLong, E. R., DeLong, D. M. y Clarke-Pearson, D. L.",
        "Comparing the areas under two or more correlated receiver operating characteristic curves",
        "Biometrics",
        ", 44(3)",
    ),
    "dunn_1961": Work(
        "Dunn",
        1961,
        "Dunn, O. J.",
        "Multiple comparisons among means",
        "Journal of the American Statistical Association",
        ", 56(293)",
    ),
    "goodfellow_2014": Work(
        "Goodfellow et al.",
        2014,
        "Goodfellow, I. et al.",
        "Generative adversarial nets",
        "Advances in Neural Information Processing Systems",
        ", 27",
    ),
    "gulrajani_2017": Work(
        "Gulrajani et al.",
        2017,
        "Gulrajani, I. et al.",
        "Improved training of Wasserstein GANs",
        "Advances in Neural Information Processing Systems",
        ", 30",
    ),
    "guo_2017": Work(
        "Guo et al.",
        2017,
        "Guo, C. et al.",
        "On calibration of modern neural networks",
        "International Conference on Machine Learning",
        ", 34",
    ),
    "heusel_2017": Work(
        "Heusel et al.",
        2017,
        "Heusel, M. et al.",
        "GANs trained by a two time-scale update rule converge to a local Nash equilibrium",
        "Advances in Neural Information Processing Systems",
        ", 30",
    ),
    "hochreiter_1997": Work(
        "Hochreiter y Schmidhuber",
        1997,
        "Hochreiter, S. y Schmidhuber, J.",
        "Long short-term memory",
        "Neural Computation",
        ", 9(8)",
    ),
    "kingma_2015": Work(
        "Kingma y Ba",
        2015,
        "Kingma, D. P. y Ba, J.",
        "Adam: a method for stochastic optimization",
        "International Conference on Learning Representations",
    ),
    "lecun_1998": Work(
        "LeCun et al.",
        1998,
        "LeCun, Y. et al.",
        "Gradient-based learning applied to document recognition",
        "Proceedings of the IEEE",
        ", 86(11)",
    ),
    "levy_2014": Work(
        "Levy y Goldberg",
        2014,
        "Levy, O. y Goldberg, Y.",
        "Neural word embedding as implicit matrix factorization",
        "Advances in Neural Information Processing Systems",
        ", 27",
    ),
    "lim_2017": Work(
        "Lim y Ye",
        2017,
        "Lim, J. H. y Ye, J. C.",
        "Geometric GAN",
        "arXiv",
        ":1705.02894",
    ),
    "loshchilov_2017": Work(
        "Loshchilov y Hutter",
        2017,
        "Loshchilov, I. y Hutter, F.",
        "SGDR: stochastic gradient descent with warm restarts",
        "International Conference on Learning Representations",
    ),
    "loshchilov_2019": Work(
        "Loshchilov y Hutter",
        2019,
        "Loshchilov, I. y Hutter, F.",
        "Decoupled weight decay regularization",
        "International Conference on Learning Representations",
    ),
    "maas_2011": Work(
        "Maas et al.",
        2011,
        "Maas, A. L. et al.",
        "Learning word vectors for sentiment analysis",
        "Proceedings of the Annual Meeting of the Association for Computational Linguistics",
        ", 49",
    ),
    "mccullagh_1989": Work(
        "McCullagh y Nelder",
        1989,
        "McCullagh, P. y Nelder, J. A.",
        "Generalized linear models",
        "Chapman and Hall",
        ", 2.ª edición",
    ),
    "mcnemar_1947": Work(
        "McNemar",
        1947,
        "McNemar, Q.",
        "Note on the sampling error of the difference between correlated proportions or percentages",
        "Psychometrika",
        ", 12(2)",
    ),
    "miyato_2018": Work(
        "Miyato et al.",
        2018,
        "Miyato, T. et al.",
        "Spectral normalization for generative adversarial networks",
        "International Conference on Learning Representations",
    ),
    "newcombe_1998": Work(
        "Newcombe",
        1998,
        "Newcombe, R. G.",
        "Interval estimation for the difference between independent proportions: comparison of eleven "
        "methods",
        "Statistics in Medicine",
        ", 17(8)",
    ),
    "owen_2007": Work(
        "Owen",
        2007,
        "Owen, A. B.",
        "The pigeonhole bootstrap",
        "The Annals of Applied Statistics",
        ", 1(2)",
    ),
    "polyak_1964": Work(
        "Polyak",
        1964,
        "Polyak, B. T.",
        "Some methods of speeding up the convergence of iteration methods",
        "USSR Computational Mathematics and Mathematical Physics",
        ", 4(5)",
    ),
    "prechelt_1998": Work(
        "Prechelt",
        1998,
        "Prechelt, L.",
        "Early stopping — but when?",
        "Neural Networks: Tricks of the Trade",
        ". Springer",
        inside="En ",
    ),
    "radford_2016": Work(
        "Radford et al.",
        2016,
        "Radford, A. et al.",
        "Unsupervised representation learning with deep convolutional generative adversarial networks",
        "International Conference on Learning Representations",
    ),
    "rao_wu_1988": Work(
        "Rao y Wu",
        1988,
        "Rao, J. N. K. y Wu, C. F. J.",
        "Resampling inference with complex survey data",
        "Journal of the American Statistical Association",
        ", 83(401)",
    ),
    "salimans_2016": Work(
        "Salimans et al.",
        2016,
        "Salimans, T. et al.",
        "Improved techniques for training GANs",
        "Advances in Neural Information Processing Systems",
        ", 29",
    ),
    "schmeiser_1982": Work(
        "Schmeiser",
        1982,
        "Schmeiser, B.",
        "Batch size effects in the analysis of simulation output",
        "Operations Research",
        ", 30(3)",
    ),
    "schuster_1997": Work(
        "Schuster y Paliwal",
        1997,
        "Schuster, M. y Paliwal, K. K.",
        "Bidirectional recurrent neural networks",
        "IEEE Transactions on Signal Processing",
        ", 45(11)",
    ),
    "tieleman_2012": Work(
        "Tieleman y Hinton",
        2012,
        "Tieleman, T. y Hinton, G.",
        "RMSprop: divide the gradient by a running average of its recent magnitude",
        "Coursera: Neural Networks for Machine Learning",
    ),
    "van_elteren_1960": Work(
        "van Elteren",
        1960,
        "Van Elteren, P.",
        "On the combination of independent two-sample tests of Wilcoxon",
        "Bulletin of the International Statistical Institute",
        ", 37",
    ),
    "vaswani_2017": Work(
        "Vaswani et al.",
        2017,
        "Vaswani, A. et al.",
        "Attention is all you need",
        "Advances in Neural Information Processing Systems",
        ", 30",
    ),
    "wang_manning_2012": Work(
        "Wang y Manning",
        2012,
        "Wang, S. y Manning, C. D.",
        "Baselines and bigrams: simple, good sentiment and topic classification",
        "Proceedings of the Annual Meeting of the Association for Computational Linguistics",
        ", 50",
    ),
    "wilson_1927": Work(
        "Wilson",
        1927,
        "Wilson, E. B.",
        "Probable inference, the law of succession, and statistical inference",
        "Journal of the American Statistical Association",
        ", 22(158)",
    ),
    "yazici_2019": Work(
        "Yazıcı et al.",
        2019,
        "Yazıcı, Y. et al.",
        "The unusual effectiveness of averaging in GAN training",
        "International Conference on Learning Representations",
    ),
    "zeiler_2014": Work(
        "Zeiler y Fergus",
        2014,
        "Zeiler, M. D. y Fergus, R.",
        "Visualizing and understanding convolutional networks",
        "European Conference on Computer Vision",
    ),
}
