"""Every quantity of the document, with the one way in which it is printed."""

from report.numbers import Quantity

ACCURACY = Quantity("exactitud", "number", 4)
RATE = Quantity("proporción", "number", 4)  # precision, recall, F1
GAP = Quantity("brecha", "number", 4)
DIFFERENCE = Quantity("diferencia de exactitud", "number", 4)
LOSS = Quantity("pérdida", "number", 4, "nats")
GAN_LOSS = Quantity("pérdida de la GAN", "number", 3, "nats")
PROBABILITY = Quantity("salida media del discriminador", "number", 3)
SHARE = Quantity("porcentaje", "percent", 1, "%")
LOOSE_INK = Quantity("tinta suelta", "percent", 2, "%")
P_VALUE = Quantity("valor p", "p", 3)
COEFFICIENT = Quantity("coeficiente logístico", "number", 2)
RATIO = Quantity("razón de influencias", "number", 2)
INFLUENCE = Quantity("influencia", "number", 3)
RELATIVE = Quantity("variación relativa", "percent", 1, "%")
EPOCH = Quantity("época", "integer")
ITERATION = Quantity("iteración", "integer")
COUNT = Quantity("recuento", "integer")
SEED = Quantity("semilla", "integer")
SETTING = Quantity("ajuste", "significant", 4)
THRESHOLD = Quantity("umbral", "significant", 4)
SHARE_WHOLE = Quantity("porcentaje entero", "percent", 0, "%")
LEARNING_RATE = Quantity("tasa de aprendizaje", "significant", 3)
DURATION = Quantity("duración", "duration", unit="s")
MARGIN = Quantity("margen", "number", 2)
TEXT = Quantity("texto", "text")
