"""The words of training reports, Spanish and English, and what each of them means here.

Words are lower case and without accents; «|» parts synonyms, a space the words of a phrase.
"""

from functools import cache

EPOCH_WORDS = "epoca|epoch|ep"

_LEXICON: dict[tuple[str, object], str] = {
    # what is measured
    ("metric", "accuracy"): (
        "accurate|acierta el|acierta un|aciertos del|accuracy|acc|accuracies|exactitud|exactitudes"
        "|tasa de acierto|tasa de aciertos"
    ),
    ("metric", "loss"): "loss|losses|perdida|perdidas|entropia cruzada|cross entropy",
    ("metric", "gap"): (
        "exceeds|supera en|exceed|gap|brecha|diferencia entre|difference between|generalization gap"
        "|generalisation gap"
    ),
    ("metric", "precision"): "precision",
    ("metric", "recall"): "recall|exhaustividad|sensibilidad|sensitivity",
    ("metric", "f1"): "f1|f1 score|f score|medida f|valor f|puntuacion f1",
    (
        "metric+split",
        ("accuracy", "val"),
    ): "val_accuracy|val_acc|val_categorical_accuracy|val_binary_accuracy",
    ("metric+split", ("loss", "val")): "val_loss",
    ("metric+split", ("accuracy", "train")): "train_accuracy|train_acc|training_accuracy",
    ("metric+split", ("loss", "train")): "train_loss|training_loss",
    ("metric+split", ("accuracy", "test")): (
        "test_accuracy|test_acc|accuracy global|exactitud global|overall accuracy|global accuracy"
        "|accuracy general|exactitud general|accuracy total|exactitud total"
    ),
    ("metric+split", ("loss", "test")): "test_loss",
    ("metric+split", ("loss", "D")): "d_loss|disc_loss|discriminator_loss",
    ("metric+split", ("loss", "G")): "g_loss|gen_loss|generator_loss",
    ("other", "metric"): (
        "distancia al|margin|auc|brier|ece|tasa de error|error rate|intervalo|interval|wilson"
        "|desviacion|deviation|umbral"
        "|threshold|errores tipicos|error tipico|standard errors|standard error|ganancia|azar|chance"
        "|baseline|linea base|modelo lineal|kappa|perplexity|perplejidad|fid|margen"
    ),
    # on what
    ("split", "train"): "train|training|entrenamiento|entrenar|entr|tr|entrena",
    ("split", "val"): "val|validation|validacion|validar|valid|dev|held out for validation",
    ("split", "test"): "test|prueba|pruebas|testing|held out|held out test|holdout|evaluacion",
    ("split", "D"): "discriminador|discriminator",
    ("split", "G"): "generador|generator",
    ("split", "running"): "en marcha",
    # when
    ("final", None): (
        "al cierre|cierra|cierran|cerramos|acabamos|terminamos|end up with|end up|we finish|ended up"
        "|closes|final value|valor final|after training|final|finales|ultima epoca|ultimas epocas"
        "|epoca final|last epoch|final epoch|ultima"
        "|al terminar|al acabar|al finalizar|al final|al final del entrenamiento"
        "|al terminar el entrenamiento|al acabar el entrenamiento|at the end|at the end of training"
        "|by the end|by the end of training|end of training|termina|terminan|termino|acaba|acaban"
        "|acabo|finaliza|finalizo|ends|ended|finishes|finished|finish|concluye|concludes|queda en"
        "|quedo en|se queda en|se quedo en|ultimo paso|last step|ultima iteracion"
    ),
    ("until", None): (
        "hasta el final|until the end|to the end|till the end|resultado final|resultados finales"
        "|ultimo tercio|last third|trabajo final|etapa final|final stage"
    ),
    ("selected", None): "epoca elegida|epoca seleccionada|selected epoch|chosen epoch",
    ("best", "any"): "mejor|mejores|best|optimo|optima|optimum|optimal",
    ("best", "high"): (
        "pico|top|punto mas alto|maxima|maximo|maxima|maximum|mayor|highest|peak|peaked|peaks|tope"
        "|mas alta|mas alto|mas elevada|greatest"
    ),
    ("best", "low"): (
        "punto mas bajo|low of|lowest point|su minimo|most low|minimo|minima|minimum|menor|lowest"
        "|bottomed|mas baja|mas bajo|smallest|toca fondo"
    ),
    ("initial", None): (
        "inicial|iniciales|initial|initially|al principio|al inicio|at the start|at first|al comienzo"
    ),
    ("epoch", None): EPOCH_WORDS,
    ("epochs", None): "epocas|epochs",
    ("step", None): "iteracion|iteration|paso|step|iter",
    ("steps", None): "iteraciones|iterations|pasos|steps",
    ("seed", None): "semilla|seed",
    # which class
    ("class", "negative"): "negativa|negativas|negativo|negativos|negative|negatives|neg",
    ("class", "positive"): "positiva|positivas|positivo|positivos|positive|positives|pos",
    ("cell", "fn"): "falsos negativos|false negatives|falso negativo|false negative|fn",
    ("cell", "fp"): "falsos positivos|false positives|falso positivo|false positive|fp",
    ("cell", "tn"): "verdaderos negativos|true negatives|tn|vn",
    ("cell", "tp"): "verdaderos positivos|true positives|tp|vp",
    ("up", None): (
        "sube|suben|subio|subieron|aumenta|aumentan|aumento|aumentaron|aumentando|crece|crecen|crecio"
        "|creciendo|mejora|mejoran|mejoro|increases|increased|increase|increasing|rises|rose|rising"
        "|rise|grows|grew|growing|climbs|climbed|climbing|climb|improves|improved|subiendo|subir"
        "|aumentar|crecer|incrementa|incremento|goes up|went up|going up|se incrementa|empeora"
        "|creciente|ascendente|asciende de"
    ),
    ("down", None): (
        "baja|bajan|bajo|bajaron|disminuye|disminuyen|disminuyo|disminuyendo|desciende|descienden"
        "|descendio|decrece|decrecio|cae|caen|cayo|reduce|reducen|redujo|decreases|decreased"
        "|decreasing|decrease|falls|fell|falling|drops|dropped|dropping|drop|declines|declined"
        "|goes down|went down|going down|bajando|bajar|disminuir|cayendo|shrinks|decreciente"
        "|descendente"
    ),
    ("rises", None): (
        "upticks|uptick|spikes|incremento|ascensos|subidas|subida|aumentos|aumento|increases|increase"
        "|rises|rise|incrementos|repuntes|repunte"
    ),
    # how it moves
    ("times", None): "veces|ocasiones|times|occasions|vez|occasion",
    ("from", None): "de|desde|from",
    ("to", None): "a|hasta|to",
    ("every", None): (
        "en cada epoca|en todas las epocas|epoca tras epoca|cada epoca|todas las epocas"
        "|in every epoch|in each epoch|epoch after epoch|at each epoch|at every epoch|every epoch"
        "|each epoch|over all epochs|en todo momento|throughout|durante todo el entrenamiento"
        "|throughout training|en todo el entrenamiento|sin excepcion"
    ),
    ("shape", "oscillates"): (
        "arriba y abajo|oscilatorio|oscilatoria|saltos|bounces|bounce|bouncing|vaiven|vaivenes"
        "|dientes de sierra|jumps|oscila|oscilan|oscilo|oscilaciones|oscilacion|oscilante|oscilantes"
        "|fluctua|fluctuan|fluctuo"
        "|fluctuaciones|fluctuates|fluctuated|fluctuations|fluctuation|oscillates|oscillate"
        "|oscillated|oscillations|oscillation|oscillating|zigzag|altibajos|sube y baja"
        "|subidas y bajadas|ups and downs|up and down|goes up and down|went up and down|oscillatory"
        "|inestable|unstable|erratic|erratica"
    ),
    ("steady", None): (
        "no para de|solo sube|only goes|only|solo|sin cesar|without stopping|never stops"
        "|de forma sostenida|sostenida|sostenidamente|sin parar|de manera continua|de forma continua"
        "|continuamente|continua|no deja de|monotonamente|monotona|de manera sostenida|steadily"
        "|steady|keeps|keep|kept|monotonically|continuously|continually|constantly|constantemente"
        "|ininterrumpidamente|sin descanso|consistently|sustained|progresivamente|de forma progresiva"
    ),
    ("stable", None): (
        "estable|estables|stable|constante|constant|se estabiliza|stabilizes|stabilises|plateaus"
    ),
    ("degree", "nulo"): "sin sobreajuste|no overfitting|no hay sobreajuste|nulo|inexistente",
    ("degree", "leve"): "leve|leves|ligero|ligera|mild|slight|minor|pequeno|small|light",
    ("degree", "moderado"): "moderado|moderada|moderate|medio",
    ("degree", "severo"): (
        "severo|severa|fuerte|grave|severe|strong|heavy|intenso|serious|acusado|pronunciado|marcado"
    ),
    ("overfit", None): (
        "sobreajuste|overfitting|overfit|sobreentrenamiento|overfits|sobreajusta|sobre ajuste"
    ),
    ("bias", None): (
        "tendencia|tendency|prefers|prefer|prefiere|propende|inclined|tilts|decanta|sesgo|bias|biased"
        "|sesgado|inclina|inclinacion|leans|lean|leaning|sesga|tiende a predecir"
        "|tends to predict|favours|favors|favorece|preferencia|preference|skewed|se decanta"
    ),
    ("error", None): (
        "error|errores|fallo|fallos|equivocacion|equivocaciones|mistake|mistakes|errors"
        "|misclassifications|misclassification"
    ),
    ("common", None): (
        "mas comun|mas comunes|mas frecuente|mas frecuentes|mas habitual|mas habituales|most common"
        "|most frequent|predomina|predominan|most mistakes|most errors|most of the errors"
        "|most of the mistakes|main error|principal error|la mayoria de los errores|dominant error"
        "|dominante|principal|comunmente|error principal"
    ),
    ("as", None): "como|as|por",
    ("labelled", None): (
        "classified|labelled|labeled|predicted|clasificadas|clasificados|predichas|etiquetadas"
        "|tomadas|tomar|clasificar|classifying|leidas|leer|calling|taken"
    ),
    ("balance", "equilibrium"): (
        "equilibrio|equilibrada|equilibradas|equilibrados|equilibrium|balanced|nash"
    ),
    ("balance", "collapse"): (
        "has collapsed|colapsaron|colapso|colapsa|colapsan|colapso del|collapses|collapse|collapsed"
        "|colapsado|colapsar"
    ),
    ("mode", None): "de modos|mode collapse|modal|del modo|de modo",
    ("examples", None): (
        "ejemplos|resenas|reviews|examples|muestras|samples|textos|criticas|instancias|opiniones"
        "|instances|casos|cases|datos"
    ),
    # how many, of what
    ("total", None): ("total|en total|in total|in all|altogether|de un total de|conjunto completo"),
    ("of", None): "de|of|de las|de los|out of|sobre|among",
    ("wrong", None): (
        "equivoca|falla|misclassifies|misclassified|wrong|mal clasificadas|clasifica mal"
        "|clasifican mal|misread|mal|incorrectas|incorrectamente|incorrectly|erroneamente|errors"
    ),
    ("param", "batch"): (
        "batch size|batch_size|tamano de lote|tamano del lote|tamano de batch|batch|lote|lotes"
        "|lotes de|mini batches|mini batch|minibatch|minibatches|bs|batches|minilotes"
    ),
    ("param", "rate"): ("learning rate|learning_rate|lr|tasa de aprendizaje|ritmo de aprendizaje"),
    ("param", "units"): (
        "unidades|units|neuronas|celdas|unidades de la lstm|lstm units|unidades lstm|hidden units"
    ),
    ("param", "patience"): "patience|paciencia",
    ("param", "dropout"): "dropout|descarte",
    ("param", "recurrent_dropout"): (
        "recurrent_dropout|recurrent dropout|dropout recurrente|descarte recurrente"
    ),
    ("param", "spatial_dropout"): (
        "spatialdropout1d|spatial dropout|dropout espacial|descarte espacial|spatialdropout"
    ),
    ("param", "l2"): "l2",
    ("param", "embedding"): (
        "dimension de embedding|embedding dimension|embedding_dim|dimension del embedding"
        "|embedding size|embedding|dimensiones"
    ),
    ("param", "vocabulary"): "vocabulario|vocabulary|vocab|num_words|max_features|vocab_size",
    ("param", "length"): (
        "maxlen|longitud maxima|max length|maximum length|palabras por resena|sequence length"
        "|longitud de secuencia|max_len|sequence_length|words per review"
    ),
    ("param", "clipnorm"): ("clipnorm|norma maxima del gradiente|gradient clipping|recorte de gradiente"),
    ("param", "latent"): (
        "latent_dim|dimension latente|latent dimension|dimension del ruido|latent dim|noise dimension"
        "|espacio latente"
    ),
    ("param", "beta"): "beta_1|beta1|beta",
    ("param", "other"): (
        "parametros|parameters|filtros|filters|kernel|capas|layers|hilos|threads|nucleos|cores|factor"
        "|memoria|bytes|gb|mb|segundos|seconds|minutos|minutes|horas|hours|imagenes|images|digitos"
        "|digits|tokens|palabras|words|umbral|threshold|pixeles|pixels|limite|limit|momento|pendiente"
        "|slope"
    ),
    ("lr_schedule", None): (
        "reducelronplateau|reduce_lr|paciencia de la tasa de aprendizaje|reduce lr"
        "|factor de la tasa de aprendizaje|head_dropout|descarte antes de la salida"
        "|descarte de entrada|descarte del discriminador"
    ),
    ("limit", None): (
        "maximo de|maximum of|up to|como mucho|hasta un maximo|at most|a lo sumo|maximo de epocas"
        "|max epochs|max_epochs|maximum number of epochs|limite de|numero maximo de epocas|maximo"
    ),
    ("stopping", None): (
        "early stopping|earlystopping|parada anticipada|parada temprana|detencion temprana"
        "|detencion anticipada|stopped early|early_stopping|stops early|parada precoz|stopping"
    ),
    ("stopped", None): (
        "detuvo|paro|actuo|detiene|stopped|ended|halted|triggered|interrumpio|salto|activo|corto"
        "|fired|ends|stops|se detuvo|termino|kicked in|stopped early|stop|para"
    ),
    ("monitor", None): "monitor|monitorea|monitoriza|vigila|monitoring|monitored|segun",
    ("duration", None): (
        "entrenamos|completaron|completan|se completaron|we trained|lasts|dura|entrena|entreno"
        "|entrenado|entrenadas|entrenada|entrenaron|trained|ran|duro|runs|run|lasted"
        "|training|train|entrenamiento|durante|for|numero de|number of|ejecuto|completo|completed"
    ),
    # what a document refers to
    ("figure", None): "figura|figuras|figure|figures|fig|figs",
    ("tableref", None): "tabla|tablas|table|tables|cuadro|cuadros",
    ("section", None): (
        "seccion|section|sec|apartado|capitulo|chapter|anexo|appendix|parte|part|pagina|page|p|pp|pag"
        "|ecuacion|eq|equation|paginas|pages|version|tema|ejercicio|actividad|task|exercise|vol"
        "|volumen|num|gb|mb|gpu|cpu|python|tensorflow|keras|semillas|seeds|nota|note|parrafo|articulo"
        "|pregunta|question|practica|top"
    ),
    ("part", "gan"): "gan|gans|dcgan|mnist|adversaria|adversarial",
    ("part", "lstm"): "lstm|imdb|rnn",
    ("negation", None): (
        "no|ni|nunca|tampoco|sin|not|cannot|never|neither|nor|without|ningun|ninguna|none|hardly"
        "|apenas|isn|doesn|didn|wasn|don|nada|evita|evito|avoids|avoided|avoid|evitar|prevenir"
        "|prevent"
    ),
    ("hedge", None): (
        "si|if|habria|hubiera|podria|podrian|would|could|might|may|deberia|should|se llama|se habla"
        "|se considera|cuando|when|whether|para evitar|to avoid|puede|pueden|suele|suelen|seria|ideal"
        "|esperariamos|se llaman|hypothesis|hipotesis|sospecha|quiza|quizas|perhaps|maybe|unless"
        "|salvo|riesgo|risk"
    ),
    ("judgement", "range"): (
        "rango esperado|expected range|dentro de lo esperado|como se esperaba|as expected"
        "|margen esperado|lo esperable|rango habitual|usual range|rango tipico|typical range"
        "|rango previsto|intervalo esperado|within expectations"
    ),
    ("judgement", "quality"): (
        "desempeno solido|solid performance|resultado excelente|excelentes resultados"
        "|excellent results|buen desempeno|buen rendimiento|good performance|rendimiento solido"
        "|muy buenos resultados|very good results|resultado solido|strong performance|estado del arte"
        "|state of the art|rendimiento excelente|excellent performance|resultado satisfactorio"
        "|satisfactory result|resultados satisfactorios|satisfactory results|visualmente aceptables"
        "|visually acceptable"
    ),
    ("judgement", "memory"): (
        "lstm olvida|red olvida|modelo olvida|lstm forgets|network forgets|model forgets"
        "|recordar dependencias largas|recordar secuencias completas|memorias largas"
        "|olvida el principio|forgets the beginning|remember long dependencies"
    ),
    ("judgement", "eye"): (
        "claramente legibles|clearly legible|clearly recognizable|claramente reconocibles"
        "|trazos reconocibles|casi indistinguibles|almost indistinguishable"
        "|perfectamente reconocibles|clearly readable"
    ),
}

NUMBER_WORDS = {
    **{
        w: i
        for i, w in enumerate(
            [
                "cero",
                "una",
                "dos",
                "tres",
                "cuatro",
                "cinco",
                "seis",
                "siete",
                "ocho",
                "nueve",
                "diez",
                "once",
                "doce",
                "trece",
                "catorce",
            ]
        )
    },
    **{
        w: i
        for i, w in enumerate(
            [
                "zero",
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
                "thirteen",
            ]
        )
    },
    "un": 1,
    "once": 11,
    "quince": 15,
    "veinte": 20,
    "twenty": 20,
    "fifteen": 15,
    "twice": 2,
    "ninguna": 0,
}
ORDINALS = {
    **{
        w: i
        for i, w in enumerate(
            [
                "primera",
                "segunda",
                "tercera",
                "cuarta",
                "quinta",
                "sexta",
                "septima",
                "octava",
                "novena",
                "decima",
            ],
            1,
        )
    },
    **{
        w: i
        for i, w in enumerate(
            [
                "first",
                "second",
                "third",
                "fourth",
                "fifth",
                "sixth",
                "seventh",
                "eighth",
                "ninth",
                "tenth",
                "eleventh",
                "twelfth",
            ],
            1,
        )
    },
    "undecima": 11,
    "duodecima": 12,
    "primer": 1,
    "tercer": 3,
}

Entry = tuple[tuple[str, ...], str, object]


@cache
def entries() -> dict[str, list[Entry]]:
    """First word -> phrases that begin with it, the longest first."""
    table: dict[str, list[Entry]] = {}
    for (kind, value), phrases in _LEXICON.items():
        for phrase in phrases.split("|"):
            words = tuple(phrase.split())
            table.setdefault(words[0], []).append((words, kind, value))
    for group in table.values():
        group.sort(key=lambda entry: -len(entry[0]))
    return table


_JUDGING = {
    "shape",
    "steady",
    "every",
    "times",
    "rises",
    "up",
    "stable",
    "degree",
    "bias",
    "common",
    "balance",
    "judgement",
}
_JUDGING |= {"stopping", "best", "part", "hedge"}


@cache
def judging_words() -> frozenset[str]:
    """First words of the phrases without which a sentence without digits claims nothing."""
    return frozenset(entry[0][0] for group in entries().values() for entry in group if entry[1] in _JUDGING)
