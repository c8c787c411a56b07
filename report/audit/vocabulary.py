"""The words of training reports, Spanish and English, and what each of them means here.

Words are lower case and without accents. «|» parts synonyms, a space the words of a phrase, and
«*» stands for any ending: a report conjugates and inflects, and nobody can list every form.
"""

LEXICON: dict[tuple[str, object], str] = {
    # what is measured
    ("metric", "accuracy"): (
        "accuracy|acc|accuracies|exactitud*|tasa de acierto*|accurate|acierta el|acierta un"
    ),
    ("metric", "loss"): "loss|losses|perdida*|entropia cruzada|cross entropy",
    ("metric", "gap"): "gap|brecha*|diferencia entre|difference between|generali* gap",
    ("metric", "precision"): "precision",
    ("metric", "recall"): "recall|exhaustividad|sensibilidad|sensitivity",
    ("metric", "f1"): "f1|f1 score|f score|medida f|valor f|puntuacion f1",
    ("metric", ("accuracy", "val")): "val_accuracy|val_acc|val_categorical_accuracy|val_binary_accuracy",
    ("metric", ("loss", "val")): "val_loss",
    ("metric", ("accuracy", "train")): "train_accuracy|train_acc|training_accuracy",
    ("metric", ("loss", "train")): "train_loss|training_loss",
    ("metric", ("accuracy", "test")): (
        "test_accuracy|test_acc|accuracy global|exactitud global|overall accuracy|global accuracy"
        "|accuracy general|exactitud general|accuracy total|exactitud total"
    ),
    ("metric", ("loss", "test")): "test_loss",
    ("metric", ("loss", "D")): "d_loss|disc_loss|discriminator_loss",
    ("metric", ("loss", "G")): "g_loss|gen_loss|generator_loss",
    ("average", "macro"): "macro|macro avg|macro average*|macro promedio|promedio macro",
    ("average", "weighted"): "weighted|weighted avg|weighted average|ponderad*|promedio ponderado",
    ("average", "micro"): "micro|micro avg|micro average*",
    ("weight", None): (
        "coste|costes|costo|costos|cost|costs|peso|pesos|weight|weights|weighs|ponder*|penali*|precio*|price"
    ),
    ("hit", None): "aciert*|acert*|right|correct*|rendimiento|performance|resultado|result|score*",
    ("other", "metric"): (
        "regla|rule|criterio|criterion|distancia al|margin|margen*|auc|brier|ece|tasa de error|error rate"
        "|intervalo*|interval*|wilson|desviacion*|deviation*|errores tipicos|error tipico|standard error*"
        "|ganancia|azar|chance|baseline|linea base|kappa|perplexity|perplejidad|fid"
    ),
    # on what
    ("split", "train"): "train|training|entrenamiento|entrenar|entr|tr|entrena",
    ("split", "val"): "val|valid|validac*|validat*|validar|validamos|validando|held out for validation|dev",
    ("split", "test"): (
        "test|tests|testing|tested|prueba|pruebas|probamos|held out|held out test|holdout|evaluacion"
    ),
    ("split", "D"): "discriminador|discriminator",
    ("split", "G"): "generador|generator",
    ("split", "running"): "en marcha",
    # when
    ("final", None): (
        "by the time we stop*|when we stop*|al parar|fin|final|finales|finaliza*|finalizo|ultima epoca"
        "|ultimas epocas|epoca final|ultima|ultimo paso|ultima iteracion|al terminar|al acabar|al finalizar"
        "|al cierre|cierra*|cerramos|acaba*|acabo|termina*|termino|queda en|quedo en|se queda en"
        "|se quedo en|concluye*|concluyo|last|last epoch|final epoch|last step|at the end|by the end|end"
        "|ends|ended|end of training|finish*|concludes|concluded|closes|we close|after training"
        "|training stop*|cuando termin*|cuando acab*|when training stop*|when training end*"
    ),
    ("selected", None): "epoca elegida|epoca seleccionada|selected epoch|chosen epoch",
    ("best", "any"): "mejor|mejores|best|optim*",
    ("best", "high"): (
        "pico|picos|top|topped|tope|techo|punto mas alto|maxim*|mayor|highest|peak*|mas alt*|mas elevad*"
        "|greatest"
    ),
    ("best", "low"): (
        "punto mas bajo|low of|lowest point|su minimo|minimo|minima|minimum|menor|lowest|bottomed|mas baj*"
        "|smallest|toca fondo"
    ),
    ("initial", None): (
        "inicial*|initial*|al principio|al inicio|al comienzo|empieza*|empezo|arranca*|arranco|comienza*"
        "|comenzo|parte de|partio de|at the start|at first|starts|started|begins|began"
    ),
    ("epoch", None): "epoca|epoch|ep",
    ("epochs", None): "epocas|epochs",
    ("step", None): "iteracion|iteration|paso|step|iter",
    ("steps", None): "iteraciones|iterations|pasos|steps",
    ("seed", None): "semilla|seed",
    # which class
    ("class", "negative"): "negativ*|negatives|neg",
    ("class", "positive"): "positiv*|positives|pos",
    ("cell", "fn"): "falso* negativo*|false negative*|fn",
    ("cell", "fp"): "falso* positivo*|false positive*|fp",
    ("cell", "tn"): "verdadero* negativo*|true negative*|tn|vn",
    ("cell", "tp"): "verdadero* positivo*|true positive*|tp|vp",
    # how it moves
    ("up", None): (
        "remont*|sube|suben|subi*|aument*|crec*|increment*|increas*|rise|rises|rising|rose|risen|grow*|grew"
        "|climb*|up|goes up|went up|going up|go up|ascend*|asciende*"
    ),
    ("down", None): (
        "baj*|disminu*|descen*|descien*|decrec*|cae|caen|cay*|caer|caid*|reduc*|reduj*|decreas*|fall|falls"
        "|fell|falling|drop|drops|dropped|dropping|declin*|shrink*|down|goes down|went down|going down"
        "|go down"
    ),
    ("better", None): "mejora*|improv*|gets better|got better",
    ("worse", None): "empeor*|worse|worsen*|deterior*",
    ("rises", None): "subida*|aumentos|ascensos|incrementos|repunte*|uptick*|spikes",
    ("times", None): "veces|ocasiones|times|occasions|vez|occasion",
    ("every", None): (
        "cada epoca|cada una de las epocas|todas las epocas|in all epochs|epoca tras epoca|epoca a epoca"
        "|epoca por epoca|epoch by epoch|every epoch|each epoch|every single epoch|epoch after epoch"
        "|over all epochs|all epochs|siempre|always|en todo momento|throughout"
        "|durante todo el entrenamiento|en todo el entrenamiento|sin excepcion|without exception"
    ),
    ("shape", "oscillates"): (
        "arriba y abajo|oscila*|oscilo|oscillat*|saltos|jumps|bounc*|vaiven*|va y viene|dientes de sierra"
        "|fluct*|zigzag*|altibajos|irregular*|sube y baja|suben y bajan|subidas y bajadas|ups and downs"
        "|up and down|goes up and down|went up and down|going up and down|inestable*|unstable|errat*"
    ),
    ("steady", None): (
        "sin interrupcion|without interruption|no para de|no deja de|no hace mas que|nothing but|only|solo"
        "|sin cesar|sin pausa|without stopping|never stops|sostenid*|sin parar|continua|continuo"
        "|continuamente|continuously|continually|monoton*|steadily|steady|keeps|keep|kept|constantly"
        "|constantemente|ininterrumpida*|sin descanso|consistently|sustained|progresiv*|progressively"
        "|cada vez|de forma constante|de manera constante"
    ),
    ("stable", None): "estable|estables|stable|constante|constant|se estabiliza|stabili*|plateau*",
    # judgements
    ("degree", "NONE"): "sin sobreajuste|no overfitting|no hay sobreajuste|nulo|inexistente",
    ("degree", "MILD"): "low|a little|leve*|liger*|mild*|slight*|minor|pequeno|small|light*|poco",
    ("degree", "MODERATE"): "fair amount|moderad*|moderate*|medio|medium|bastante",
    ("degree", "SEVERE"): (
        "sever*|fuerte*|grave*|strong*|heavy|heavily|intens*|serious*|acusad*|pronunciad*|marcad*|mucho"
        "|muchisimo|badly|alto|high|a lot"
    ),
    ("overfit", None): "sobreajust*|overfit*|sobreentrena*|sobre ajuste",
    ("bias", None): (
        "abus*|overus*|predilec*|ante la duda|in doubt|escorad*|tendencia|tendency|prefer*|prefier*"
        "|propende*|inclin*|tilt*|decanta*|sesg*|bias*|lean|leans|leaning|tiende* a predecir"
        "|tiende* a decir|tends to predict|favo*|skew*|desbalanc*"
    ),
    ("toward", None): "hacia|toward|towards|a favor de|en favor de|in favour of|in favor of",
    ("between", None): "entre|between",
    ("error", None): "error*|fallo|fallos|equivoc*|mistake*|misclassif*|se equivoca*|errs|confund*|confus*",
    ("common", None): (
        "usual confusion|mayoria de error*|majority of|mas comun*|mas frecuente*|mas habitual*|most common*"
        "|most frequent*|predomina*|most mistakes|most errors|most of the errors|most of the mistakes"
        "|la mayoria de los errores|domina*|principal*|main|mainly|mostly|sobre todo|comunmente"
        "|mayoritaria*"
    ),
    ("more", None): (
        "mas|more|better|higher|mayor que|greater than|superior|supera*|exceed*|separa*|dista*|difier*"
        "|difer*|differ|differs|por encima|above|minus|menos"
    ),
    ("labelled", None): (
        "take|classified|labelled|labeled|predicted|clasific*|predich*|etiquet*|tomad*|tomar|toma|classify*"
        "|leid*|leer|calling|taken|taking"
    ),
    ("balance", "equilibrium"): "equilibri*|balanced|nash",
    ("balance", "collapse"): "colaps*|collaps*",
    ("mode", None): "de modos|mode collapse|modal|del modo|de modo",
    ("judgement", "range"): (
        "rango esper*|rango previst*|rango habitual|rango tipico|margen esperad*|intervalo esperad*"
        "|dentro de lo esper*|lo esperable|como se esperaba|as expected|within expectations|expected range"
        "|usual range|typical range"
    ),
    ("praise", None): (
        "solido|solida|solid|excelente*|excellent|bueno|buena|buen|buenos|buenas|good|satisfac*|aceptable*"
        "|acceptable|notable*|remarkable"
    ),
    ("outcome", None): "resultados|desempeno|results|calidad|quality",
    ("remembering", None): "olvid*|forget*|forgot*|recordar|recuerd*|remember*|memoriz*|memorias",
    ("look", None): "legible*|reconocible*|indistinguible*|legible|recogni*|readable|indistinguishable",
    ("looking", None): "claramente|clearly|perfectamente|perfectly|casi|almost|trazos|visualmente|visually",
    ("aim", None): (
        "afirmacion*|claim that|hipotesis|objetivo*|aim|aims|goal|goals|proposito|desafio*|challenge*"
        "|comprender|understand"
    ),
    ("versus", None): "comparad*|compared|frente a|than|respecto",
    # how many, of what
    ("examples", None): (
        "ejemplo*|resena*|review*|example*|muestras|samples|textos|criticas|instanc*|opiniones|casos|cases"
        "|datos"
    ),
    ("total", None): (
        "total|en total|in total|in all|altogether|de un total de|conjunto completo|partimos de|out of"
    ),
    ("of", None): "de|of|de las|de los|sobre|among",
    ("from", None): "desde|from",
    ("wrong", None): "equivoca|falla*|wrong*|mal|misread|incorrect*|erronea*|fails",
    # settings
    ("param", "batch"): (
        "batch size|batch_size|tamano de lote|tamano del lote|tamano de batch|batch|batches|lote|lotes"
        "|mini batch*|minibatch*|minilote*|bs"
    ),
    ("param", "rate"): (
        "learning rate|learning_rate|lr|tasa de aprendizaje|ritmo de aprendizaje|paso de aprendizaje"
    ),
    ("param", "units"): (
        "cells|unidades|units|neuron*|celdas|unidades de la lstm|lstm units|unidades lstm|hidden units"
    ),
    ("param", "patience"): "patience|paciencia",
    ("param", "dropout"): "dropout|descarte",
    ("param", "recurrent_dropout"): (
        "recurrent_dropout|recurrent dropout|dropout recurrente|descarte recurrente"
    ),
    ("param", "spatial_dropout"): "spatialdropout*|spatial dropout|dropout espacial|descarte espacial",
    ("param", "l2"): "l2",
    ("param", "embedding"): (
        "dimension* de embedding|dimension del embedding|embedding dimension|embedding_dim|embedding size"
        "|embedding|dimensiones"
    ),
    ("param", "vocabulary"): (
        "vocabulary size|vocabulary_size|tamano de vocabulario|tamano del vocabulario|vocabulario|vocabulary"
        "|vocab|num_words|max_features|vocab_size"
    ),
    ("param", "length"): (
        "maxlen|max_len|longitud maxima|max length|maximum length|palabras por resena|words per review"
        "|sequence length|sequence_length|longitud de secuencia|longitud de la secuencia"
        "|longitud de las secuencias|seq_len|seq_length|seqlen|max_length|max_seq_length|max_sequence_length"
        "|input_length|max sequence length"
    ),
    ("param", "clipnorm"): "clipnorm|norma maxima del gradiente|gradient clipping|recorte de gradiente",
    ("param", "latent"): (
        "latent_dim|dimension latente|latent dim*|dimension del ruido|noise dimension|espacio latente"
    ),
    ("param", "beta"): "beta_1|beta1|beta",
    ("param", "other"): (
        "parametro*|parameters|filtro*|filters|kernel|capas|layers|hilos|threads|nucleos|cores|factor"
        "|memoria|bytes|gb|mb|segundo*|seconds|minuto*|minutes|horas|hours|imagenes|images|digito*|digits"
        "|tokens|palabras|words|umbral|threshold|pixel*|limite|limit|momento|pendiente|slope"
    ),
    ("lr_schedule", None): (
        "reducelronplateau|reduce_lr|reduce lr|paciencia de la tasa de aprendizaje"
        "|factor de la tasa de aprendizaje|head_dropout|descarte antes de la salida|descarte de entrada"
        "|descarte del discriminador"
    ),
    ("limit", None): (
        "limite del|limit of|maximo de|maximum of|up to|como mucho|hasta un maximo|at most|a lo sumo"
        "|maximo de epocas|max epochs|max_epochs|maximum number of epochs|limite de|numero maximo de epocas"
        "|maximo"
    ),
    ("stopping", None): (
        "early stopping|earlystopping|early_stopping|parada anticipada|parada temprana|parada precoz"
        "|detencion temprana|detencion anticipada|stopped early|stops early|stopping"
    ),
    ("stopped", None): (
        "detuvo|detiene|paro|para|actuo|interrumpi*|salto|activo|corto|stop|stops|stopped|halted|triggered"
        "|fired|kicked in"
    ),
    ("idle", None): "sin mejora*|without improv*|without getting better|no improvement|seguidas sin",
    ("monitor", None): "monitor*|vigila|segun",
    ("duration", None): (
        "trained|trains|entren*|dura*|duro|lasts|lasted|completa*|completo|completed|ejecut*|ran|run|runs"
        "|hicimos|hacemos|did|consta*|necesit*|needed|took|durante|for|numero de|number of"
    ),
    # what a document refers to
    ("figure", None): "figura|figuras|figure|figures|fig|figs",
    ("tableref", None): "tabla|tablas|table|tables|cuadro|cuadros",
    ("section", None): (
        "seccion|section|sec|apartado|capitulo|chapter|anexo|appendix|parte|part|pagina|paginas|page|pages"
        "|p|pp|pag|ecuacion|eq|equation|version|tema|ejercicio|actividad|task|exercise|vol|volumen|num|gpu"
        "|cpu|python|tensorflow|keras|semillas|seeds|nota|note|parrafo|articulo|pregunta|question|practica"
    ),
    ("layer", None): "densa|densas|dense|fully connected|convoluc*|convolut*|conv2d*",
    ("part", "gan"): "gan|gans|dcgan|mnist|adversari*",
    ("part", "lstm"): "lstm|imdb|rnn",
    # what is not asserted of this training
    ("others", None): (
        "modelo lineal|linear model|el control|control lineal|linear control|linear baseline|juez|judge"
        "|majority|mayoritario|coin toss|regresion logistica|logistic regression|naive bayes|svm|bert"
        "|gru|bilstm|fasttext|autores|authors|literatura|literature|et al|publica*|published|trivial*|naive"
        "|al azar|by chance|random|otros trabajos|other work|trabajos previos|previous work|estado del arte"
        "|state of the art|transformers|combina*|combined|ensemble*|juntos|juntas|together|otra red"
        "|otras redes|another network|other networks|variante*|variant*|aparta de ella|la base se"
    ),
    ("negation", None): (
        "no|ni|nunca|tampoco|sin|not|cannot|never|neither|nor|without|ningun|ninguna|none|hardly|apenas|isn"
        "|doesn|didn|wasn|don|nada|evit*|avoid*|prevenir|prevent"
    ),
    ("hedge", None): (
        "si|if|habria*|hubiera*|podri*|would|could|might|may|deberia*|should|se llama*|se habla"
        "|se considera|cuando|when|whether|puede|pueden|suele*|seria*|ideal|esperariamos|hypothesis"
        "|esperaba*|expected|pensaba*|creia*|suponia*|imaginaba*|aspiraba*|confiaba*|hoped|sospecha|quiza*|perhaps|maybe|unless|salvo|riesgo|risk"
    ),
    # what looks like one of these and is not
    ("nothing", None): (
        "hasta el final|until the end|to the end|till the end|resultado* final*|ultimo tercio|last third"
        "|trabajo final|etapa final|final stage|would call|would say|diriamos|si miramos|si observamos"
        "|if we look|when it says|cuando dice|normalizacion por lotes|batch normalization"
    ),
}

# What the audit itself says of a degree of overfitting, by the name of the code of its rule.
DEGREES = {"NONE": "nulo", "MILD": "leve", "MODERATE": "moderado", "SEVERE": "severo"}

_CARDINALS = (
    "cero una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen",
)
NUMBER_WORDS = {word: i for words in _CARDINALS for i, word in enumerate(words.split())}
NUMBER_WORDS |= {"un": 1, "veinte": 20, "twenty": 20, "twice": 2, "ninguna": 0}
ORDINALS = {
    word: i
    for words in (
        "primera segunda tercera cuarta quinta sexta septima octava novena decima undecima duodecima",
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
    )
    for i, word in enumerate(words.split(), 1)
}
ORDINALS |= {"primer": 1, "tercer": 3}
