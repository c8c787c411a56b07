"""The works that rules, models and data come from."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

_TO_INITIAL = re.compile(r" (?=\w\.)")  # from a surname, or from another


@dataclass(frozen=True)
class Work:
    """``authors`` as the text names them, ``everyone`` as the list at the end does; ``inside`` is
    what comes before the venue, ``detail`` what comes after it, before the ``pages``. A book has a
    ``publisher`` and no venue."""

    authors: str
    year: int
    everyone: str
    title: str
    venue: str = ""
    detail: str = ""
    inside: str = ""
    pages: str = ""
    doi: str = ""
    publisher: str = ""

    @property
    def in_sentence(self) -> str:
        return f"{self.authors} ({self.year})"

    @property
    def in_brackets(self) -> str:
        return f"{self.authors}, {self.year}"

    def entry(self, traced: Callable[[str, str], str]) -> str:
        """Its line in the list at the end; ``traced`` writes what has numbers in it, in the form that is
        its second argument."""

        def plain(text: str) -> str:
            return traced(text, text)

        said = self.detail + (f", {self.pages}" if self.pages else "")
        where = plain(said) if said else ""
        everyone = _TO_INITIAL.sub("\u00a0", self.everyone)
        link = f"[doi:{self.doi}](https://doi.org/{quote(self.doi)})"
        title = self.title if self.title.endswith("?") else f"{self.title}."
        work = f"{_english(title)} {self.inside}*{_english(self.venue)}*{where}."
        if self.publisher:
            work = f"*{_english(self.title)}*{where}. {self.publisher}."
        return (
            f"{plain(f'{everyone} ({self.year})')}. {work}{f' {traced(self.doi, link)}' if self.doi else ''}"
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
        pages="729–740",
        doi="10.1002/sim.1781",
    ),
    "arjovsky_2017": Work(
        "Arjovsky et al.",
        2017,
        "Arjovsky, M., Chintala, S. y Bottou, L.",
        "Wasserstein generative adversarial networks",
        "Proceedings of Machine Learning Research",
        ", 70",
        pages="214–223",
    ),
    "bengio_1994": Work(
        "Bengio et al.",
        1994,
        "Bengio, Y., Simard, P. y Frasconi, P.",
        "Learning long-term dependencies with gradient descent is difficult",
        "IEEE Transactions on Neural Networks",
        ", 5(2)",
        pages="157–166",
        doi="10.1109/72.279181",
    ),
    "bland_altman_1996": Work(
        "Bland y Altman",
        1996,
        "Bland, J. M. y Altman, D. G.",
        "Transformations, means, and confidence intervals",
        "BMJ",
        ", 312",
        pages="1079",
        doi="10.1136/bmj.312.7038.1079",
    ),
    "brier_1950": Work(
        "Brier",
        1950,
        "Brier, G. W.",
        "Verification of forecasts expressed in terms of probability",
        "Monthly Weather Review",
        ", 78(1)",
        pages="1–3",
        doi="10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2",
    ),
    "carlini_2023": Work(
        "Carlini et al.",
        2023,
        "Carlini, N., Hayes, J., Nasr, M., Jagielski, M., Sehwag, V., Tramèr, F., Balle, B., "
        "Ippolito, D. y Wallace, E.",
        "Extracting training data from diffusion models",
        "USENIX Security Symposium",
        ", 32",
        pages="5253–5270",
    ),
    "cho_2014": Work(
        "Cho et al.",
        2014,
        "Cho, K., van Merriënboer, B., Gulcehre, C., Bahdanau, D., Bougares, F., Schwenk, H. y Bengio, Y.",
        "Learning phrase representations using RNN encoder-decoder for statistical machine translation",
        "Conference on Empirical Methods in Natural Language Processing",
        pages="1724–1734",
        doi="10.3115/v1/D14-1179",
    ),
    "dai_le_2015": Work(
        "Dai y Le",
        2015,
        "Dai, A. M. y Le, Q. V.",
        "Semi-supervised sequence learning",
        "Advances in Neural Information Processing Systems",
        ", 28",
        pages="3079–3087",
    ),
    "delong_1988": Work(
        "DeLong et al.",
        1988,
        "DeLong, E. R., DeLong, D. M. y Clarke-Pearson, D. L.",
        "Comparing the areas under two or more correlated receiver operating characteristic curves",
        "Biometrics",
        ", 44(3)",
        pages="837–845",
        doi="10.2307/2531595",
    ),
    "dunn_1961": Work(
        "Dunn",
        1961,
        "Dunn, O. J.",
        "Multiple comparisons among means",
        "Journal of the American Statistical Association",
        ", 56(293)",
        pages="52–64",
        doi="10.1080/01621459.1961.10482090",
    ),
    "goodfellow_2014": Work(
        "Goodfellow et al.",
        2014,
        "Goodfellow, I., Pouget-Abadie, J., Mirza, M., Xu, B., Warde-Farley, D., Ozair, S., "
        "Courville, A. y Bengio, Y.",
        "Generative adversarial nets",
        "Advances in Neural Information Processing Systems",
        ", 27",
        pages="2672–2680",
    ),
    "gulrajani_2017": Work(
        "Gulrajani et al.",
        2017,
        "Gulrajani, I., Ahmed, F., Arjovsky, M., Dumoulin, V. y Courville, A.",
        "Improved training of Wasserstein GANs",
        "Advances in Neural Information Processing Systems",
        ", 30",
        pages="5767–5777",
    ),
    "guo_2017": Work(
        "Guo et al.",
        2017,
        "Guo, C., Pleiss, G., Sun, Y. y Weinberger, K. Q.",
        "On calibration of modern neural networks",
        "Proceedings of Machine Learning Research",
        ", 70",
        pages="1321–1330",
    ),
    "heusel_2017": Work(
        "Heusel et al.",
        2017,
        "Heusel, M., Ramsauer, H., Unterthiner, T., Nessler, B. y Hochreiter, S.",
        "GANs trained by a two time-scale update rule converge to a local Nash equilibrium",
        "Advances in Neural Information Processing Systems",
        ", 30",
        pages="6626–6637",
    ),
    "hochreiter_1997": Work(
        "Hochreiter y Schmidhuber",
        1997,
        "Hochreiter, S. y Schmidhuber, J.",
        "Long short-term memory",
        "Neural Computation",
        ", 9(8)",
        pages="1735–1780",
        doi="10.1162/neco.1997.9.8.1735",
    ),
    "ioffe_2015": Work(
        "Ioffe y Szegedy",
        2015,
        "Ioffe, S. y Szegedy, C.",
        "Batch normalization: accelerating deep network training by reducing internal covariate shift",
        "Proceedings of Machine Learning Research",
        ", 37",
        pages="448–456",
        doi="10.48550/arXiv.1502.03167",
    ),
    "kingma_2015": Work(
        "Kingma y Ba",
        2015,
        "Kingma, D. P. y Ba, J.",
        "Adam: a method for stochastic optimization",
        "International Conference on Learning Representations",
        doi="10.48550/arXiv.1412.6980",
    ),
    "lecun_1998": Work(
        "LeCun et al.",
        1998,
        "LeCun, Y., Bottou, L., Bengio, Y. y Haffner, P.",
        "Gradient-based learning applied to document recognition",
        "Proceedings of the IEEE",
        ", 86(11)",
        pages="2278–2324",
        doi="10.1109/5.726791",
    ),
    "levy_2014": Work(
        "Levy y Goldberg",
        2014,
        "Levy, O. y Goldberg, Y.",
        "Neural word embedding as implicit matrix factorization",
        "Advances in Neural Information Processing Systems",
        ", 27",
        pages="2177–2185",
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
        doi="10.48550/arXiv.1608.03983",
    ),
    "loshchilov_2019": Work(
        "Loshchilov y Hutter",
        2019,
        "Loshchilov, I. y Hutter, F.",
        "Decoupled weight decay regularization",
        "International Conference on Learning Representations",
        doi="10.48550/arXiv.1711.05101",
    ),
    "maas_2011": Work(
        "Maas et al.",
        2011,
        "Maas, A. L., Daly, R. E., Pham, P. T., Huang, D., Ng, A. Y. y Potts, C.",
        "Learning word vectors for sentiment analysis",
        "Proceedings of the Annual Meeting of the Association for Computational Linguistics",
        ", 49",
        pages="142–150",
    ),
    "mccullagh_1989": Work(
        "McCullagh y Nelder",
        1989,
        "McCullagh, P. y Nelder, J. A.",
        "Generalized linear models",
        detail=", 2.ª edición",
        doi="10.1201/9780203753736",
        publisher="Chapman and Hall",
    ),
    "mcnemar_1947": Work(
        "McNemar",
        1947,
        "McNemar, Q.",
        "Note on the sampling error of the difference between correlated proportions or percentages",
        "Psychometrika",
        ", 12(2)",
        pages="153–157",
        doi="10.1007/BF02295996",
    ),
    "miyato_2018": Work(
        "Miyato et al.",
        2018,
        "Miyato, T., Kataoka, T., Koyama, M. y Yoshida, Y.",
        "Spectral normalization for generative adversarial networks",
        "International Conference on Learning Representations",
        doi="10.48550/arXiv.1802.05957",
    ),
    "newcombe_1998": Work(
        "Newcombe",
        1998,
        "Newcombe, R. G.",
        "Interval estimation for the difference between independent proportions: comparison of eleven "
        "methods",
        "Statistics in Medicine",
        ", 17(8)",
        pages="873–890",
        doi="10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I",
    ),
    "owen_2007": Work(
        "Owen",
        2007,
        "Owen, A. B.",
        "The pigeonhole bootstrap",
        "The Annals of Applied Statistics",
        ", 1(2)",
        pages="386–411",
        doi="10.1214/07-AOAS122",
    ),
    "polyak_1964": Work(
        "Polyak",
        1964,
        "Polyak, B. T.",
        "Some methods of speeding up the convergence of iteration methods",
        "USSR Computational Mathematics and Mathematical Physics",
        ", 4(5)",
        pages="1–17",
        doi="10.1016/0041-5553(64)90137-5",
    ),
    "prechelt_1998": Work(
        "Prechelt",
        1998,
        "Prechelt, L.",
        "Early stopping — but when?",
        "Neural Networks: Tricks of the Trade",
        ". Springer",
        inside="En ",
        pages="55–69",
        doi="10.1007/3-540-49430-8_3",
    ),
    "radford_2016": Work(
        "Radford et al.",
        2016,
        "Radford, A., Metz, L. y Chintala, S.",
        "Unsupervised representation learning with deep convolutional generative adversarial networks",
        "International Conference on Learning Representations",
        doi="10.48550/arXiv.1511.06434",
    ),
    "rao_wu_1988": Work(
        "Rao y Wu",
        1988,
        "Rao, J. N. K. y Wu, C. F. J.",
        "Resampling inference with complex survey data",
        "Journal of the American Statistical Association",
        ", 83(401)",
        pages="231–241",
        doi="10.1080/01621459.1988.10478591",
    ),
    "salimans_2016": Work(
        "Salimans et al.",
        2016,
        "Salimans, T., Goodfellow, I., Zaremba, W., Cheung, V., Radford, A. y Chen, X.",
        "Improved techniques for training GANs",
        "Advances in Neural Information Processing Systems",
        ", 29",
        pages="2234–2242",
    ),
    "schmeiser_1982": Work(
        "Schmeiser",
        1982,
        "Schmeiser, B.",
        "Batch size effects in the analysis of simulation output",
        "Operations Research",
        ", 30(3)",
        pages="556–568",
        doi="10.1287/opre.30.3.556",
    ),
    "schuster_1997": Work(
        "Schuster y Paliwal",
        1997,
        "Schuster, M. y Paliwal, K. K.",
        "Bidirectional recurrent neural networks",
        "IEEE Transactions on Signal Processing",
        ", 45(11)",
        pages="2673–2681",
        doi="10.1109/78.650093",
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
        pages="351–361",
    ),
    "vaswani_2017": Work(
        "Vaswani et al.",
        2017,
        "Vaswani, A., Shazeer, N., Parmar, N., Uszkoreit, J., Jones, L., Gomez, A. N., "
        "Kaiser, Ł. y Polosukhin, I.",
        "Attention is all you need",
        "Advances in Neural Information Processing Systems",
        ", 30",
        pages="5998–6008",
    ),
    "wang_manning_2012": Work(
        "Wang y Manning",
        2012,
        "Wang, S. y Manning, C. D.",
        "Baselines and bigrams: simple, good sentiment and topic classification",
        "Proceedings of the Annual Meeting of the Association for Computational Linguistics",
        ", 50",
        pages="90–94",
    ),
    "wilson_1927": Work(
        "Wilson",
        1927,
        "Wilson, E. B.",
        "Probable inference, the law of succession, and statistical inference",
        "Journal of the American Statistical Association",
        ", 22(158)",
        pages="209–212",
        doi="10.1080/01621459.1927.10502953",
    ),
    "yazici_2019": Work(
        "Yazıcı et al.",
        2019,
        "Yazıcı, Y., Foo, C.-S., Winkler, S., Yap, K.-H., Piliouras, G. y Chandrasekhar, V.",
        "The unusual effectiveness of averaging in GAN training",
        "International Conference on Learning Representations",
        doi="10.48550/arXiv.1806.04498",
    ),
    "zeiler_2014": Work(
        "Zeiler y Fergus",
        2014,
        "Zeiler, M. D. y Fergus, R.",
        "Visualizing and understanding convolutional networks",
        "European Conference on Computer Vision",
        pages="818–833",
        doi="10.1007/978-3-319-10590-1_53",
    ),
}
