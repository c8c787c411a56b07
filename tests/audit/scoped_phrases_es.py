"""How students say it, in Spanish: beside the proof, without a name, or anywhere, with the name.

Written before looking at what the audit reads. ``{m}`` is «la GRU», ``{M}`` the same with a capital, ``{de}``
«de la GRU», ``{b}`` the bare name; ``{o}``, ``{de_o}`` and ``{a_o}`` are of another one.
"""

OWN = {
    "final_val": [
        "Al terminar, la exactitud de validación se queda en {v}",
        "Accuracy final en validación: {v}",
        "El val_accuracy de la última época es {v}",
        "Terminamos con {v} de acierto en los datos de validación",
        "En validación acaba con una accuracy de {v}",
    ],
    "final_train": [
        "En entrenamiento la exactitud final es {v}",
        "Accuracy de train al final: {v}",
        "Sobre los datos con los que aprende acaba en {v} de accuracy",
        "La última época deja una exactitud de entrenamiento de {v}",
    ],
    "final_val_loss": [
        "La pérdida de validación termina en {v}",
        "val_loss final: {v}",
        "Al acabar, la loss en validación vale {v}",
        "Cerramos con una pérdida de validación de {v}",
    ],
    "at_epoch": [
        "En la época {ep} la exactitud de validación era {v}",
        "Ya en la época {ep} se ve un val_accuracy de {v}",
        "Época {ep}: {v} de accuracy en validación",
        "Si miramos la época {ep}, la validación acierta con una exactitud de {v}",
    ],
    "at_epoch_loss": [
        "En la época {ep} la pérdida de validación es de {v}",
        "La val_loss de la época {ep} fue {v}",
        "Época {ep}: pérdida de validación {v}",
    ],
    "best": [
        "La mejor época es la {ep}, con una exactitud de validación de {v}",
        "El máximo de val_accuracy ({v}) se alcanza en la época {ep}",
        "Mejor val_accuracy: {v} (época {ep})",
        "El mejor resultado en validación llega en la época {ep} con {v} de accuracy",
    ],
    "min_loss": [
        "La pérdida de validación toca fondo en la época {ep} con {v}",
        "La val_loss más baja es {v}, en la época {ep}",
        "Mínimo de la pérdida de validación: {v} (época {ep})",
        "El punto más bajo de la loss de validación está en la época {ep} ({v})",
    ],
    "rise": [
        "La exactitud de entrenamiento sube de {a} a {c}",
        "En train pasamos de {a} de accuracy en la primera época a {c} en la última",
        "El accuracy de entrenamiento crece desde {a} hasta {c}",
        "La accuracy de train arranca en {a} y acaba en {c}",
    ],
    "fall": [
        "La pérdida de entrenamiento baja de {a} a {c}",
        "La loss de train empieza en {a} y termina en {c}",
        "Vemos cómo la pérdida de entrenamiento se reduce de {a} a {c}",
        "La pérdida en entrenamiento cae desde {a} hasta {c}",
    ],
    "gap": [
        "Entre entrenamiento y validación hay una diferencia final de {v} en exactitud",
        "Brecha train-val al final: {v}",
        "La exactitud de entrenamiento acaba {v} por encima de la de validación",
    ],
    "exceeds": [
        "La exactitud de validación supera {el} {t} al final",
        "En validación terminamos por encima {del} {t} de accuracy",
        "El val_accuracy final pasa {del} {t}",
    ],
    "epochs": [
        "Entrenamos {n} épocas",
        "El entrenamiento duró {n} épocas",
        "Son {n} épocas en total",
    ],
    "test": [
        "En test obtenemos una accuracy de {v}",
        "Exactitud en test: {v}",
        "Con los datos de prueba acierta con una exactitud de {v}",
        "El resultado en el conjunto de test es de {v} de acierto",
        "Se consigue una accuracy en test del orden de {v}",
    ],
    "test_loss": [
        "La pérdida en test es {v}",
        "Loss en test: {v}",
        "La pérdida sobre el conjunto de prueba queda en {v}",
    ],
    "test_exceeds": [
        "En test supera {el} {t} de accuracy",
        "La exactitud en test está por encima {del} {t}",
        "Conseguimos pasar {del} {t} de exactitud en el conjunto de prueba",
    ],
    "test_below": [
        "En test no llega {al} {t} de accuracy",
        "La exactitud en test se queda por debajo {del} {t}",
        "No conseguimos superar {el} {t} de exactitud en test",
    ],
    "class_precision": [
        "La precisión de la clase {k} es {v}",
        "Para {k} la precision es de {v}",
        "Precision en {k}: {v}",
    ],
    "class_recall": [
        "El recall de la clase {k} es {v}",
        "La clase {k} tiene un recall de {v}",
        "Recall de {k}: {v}",
        "La exhaustividad en {k} llega a {v}",
    ],
    "class_f1": [
        "El F1 de la clase {k} es {v}",
        "Para la clase {k} el f1-score sale {v}",
        "F1 de {k}: {v}",
        "La clase {k} consigue un F1 de {v}",
    ],
    "macro_f1": [
        "El F1 macro es {v}",
        "La media macro del F1 queda en {v}",
        "F1 (macro avg): {v}",
        "Promediando las clases por igual, el F1 es {v}",
    ],
    "weighted_f1": [
        "El F1 ponderado es {v}",
        "La media ponderada del F1 es de {v}",
        "F1 (weighted avg): {v}",
        "Ponderando por el soporte, el F1 queda en {v}",
    ],
    "support": [
        "Hay {n} {items} de la clase {k} en test",
        "La clase {k} tiene {n} {items} en el conjunto de prueba",
        "Soporte de {k}: {n} {items}",
    ],
    "total_support": [
        "En total se evalúan {n} {items}",
        "El conjunto de test tiene {n} {items}",
        "El informe se calcula sobre {n} {items}",
    ],
    "f1_from": [
        "Con una precisión de {p} y un recall de {r}, el F1 de {k} es {v}",
        "La clase {k} tiene precisión {p}, recall {r} y por tanto F1 de {v}",
        "En {k}: precision {p}, recall {r}, F1 {v}",
    ],
    "top_class": [
        "La clase con mejor F1 es {k}",
        "La clase que mejor se clasifica según el F1 es {k}",
        "El F1 más alto es el de {k}",
    ],
    "bottom_class": [
        "La clase con peor recall es {k}",
        "La clase con el recall más bajo es {k}",
        "La que peor recall tiene es la clase {k}",
    ],
    "confused": [
        "{n} {items} de la clase {k} se clasifican como {p}",
        "Hay {n} {items} de {k} que el modelo toma por {p}",
        "Confunde {n} {items} de {k} con {p}",
        "De la clase {k}, {n} {items} acaban como {p}",
    ],
    "hits": [
        "Acierta {n} {items} de la clase {k}",
        "De la clase {k} se clasifican bien {n} {items}",
        "Aciertos en {k}: {n}",
    ],
    "errors": [
        "En total se equivoca en {n} {items}",
        "Errores totales: {n}",
        "Suman {n} {items} mal clasificadas",
        "Sumando todos los fallos salen {n} errores",
    ],
    "matrix_total": [
        "La matriz suma {n} {items} en total",
        "Son {n} {items} de prueba",
        "La matriz de confusión recoge {n} {items}",
    ],
    "matrix_accuracy": [
        "De la matriz sale una exactitud de {v}",
        "La diagonal da una accuracy de {v} en test",
        "Exactitud según la matriz: {v}",
    ],
    "share": [
        "Falla {n} de las {d} {items} de {k}, un {v}",
        "De las {d} {items} de la clase {k} se equivoca en {n} ({v})",
        "El {v} de las {items} de {k} ({n} de {d}) se clasifica mal",
    ],
    "common": [
        "El error más frecuente es confundir {k} con {p} ({n} veces)",
        "Lo que más se repite es clasificar {k} como {p}: {n} {items}",
        "La confusión más habitual es tomar {k} por {p}, con {n} casos",
    ],
    "batch": [
        "Usamos un tamaño de lote de {n}",
        "Batch size: {n}",
        "Los lotes son de {n} ejemplos",
        "Se entrena con batches de {n}",
    ],
    "rate": [
        "La tasa de aprendizaje es {v}",
        "Learning rate: {v}",
        "Optimizamos con Adam y un learning rate de {v}",
        "El optimizador trabaja con una tasa de aprendizaje de {v}",
    ],
    "epochs_set": [
        "Se entrena durante {n} épocas",
        "Número de épocas: {n}",
        "Dejamos que entrene {n} épocas",
    ],
    "units": [
        "La capa oculta tiene {n} unidades",
        "Unidades de la capa oculta: {n}",
        "Usamos {n} neuronas en la capa oculta",
    ],
    "dropout": [
        "El dropout es de {v}",
        "Aplicamos un dropout de {v}",
        "Dropout: {v}",
        "Se apagan neuronas con un dropout de {v}",
    ],
    "gan_d": [
        "El discriminador acaba con una pérdida de {v}",
        "Pérdida final del discriminador: {v}",
        "La loss de D al terminar es {v}",
    ],
    "gan_g": [
        "El generador acaba con una pérdida de {v}",
        "Pérdida final del generador: {v}",
        "La loss de G al terminar es {v}",
    ],
    "gan_at": [
        "En la época {ep} la pérdida del generador es {v}",
        "En la época {ep} el generador tiene una loss de {v}",
        "Pérdida del generador en la época {ep}: {v}",
    ],
    "gan_path": [
        "La pérdida del generador pasa de {a} a {c}",
        "La loss del generador va de {a} en la primera época a {c} en la última",
        "El generador empieza con una pérdida de {a} y termina con {c}",
    ],
    "gan_above": [
        "Al final la pérdida {de_x} es mayor que la {de_y}",
        "{X} termina con más pérdida que {y}",
        "En la última época la loss {de_x} queda por encima de la {de_y}",
    ],
}

NAMED = {
    "final_val": [
        "{M} termina con una exactitud de validación de {v}",
        "{M} acaba con {v} de val_accuracy",
        "La accuracy final de validación {de} fue {v}",
        "En su última época {m} tiene una accuracy de validación de {v}",
        "{b}: exactitud final de validación {v}",
    ],
    "final_train": [
        "{M} llega al final con {v} de accuracy en entrenamiento",
        "La exactitud de entrenamiento {de} acaba en {v}",
        "La accuracy de train con la que termina {m} es {v}",
    ],
    "final_val_loss": [
        "La pérdida de validación final {de} es {v}",
        "{M} termina con una val_loss de {v}",
        "{M} acaba con una pérdida de validación de {v}",
    ],
    "at_epoch": [
        "En la época {ep} {m} tiene {v} de exactitud en validación",
        "La exactitud de validación {de} en la época {ep} es {v}",
        "{M} está en la época {ep} con un val_accuracy de {v}",
    ],
    "at_epoch_loss": [
        "En la época {ep} la pérdida de validación {de} es {v}",
        "{M} tiene en la época {ep} una val_loss de {v}",
    ],
    "best": [
        "{M} alcanza su mejor exactitud de validación en la época {ep} ({v})",
        "La mejor época {de} es la {ep}, con {v} de val_accuracy",
        "El mejor val_accuracy {de} es {v} y llega en la época {ep}",
    ],
    "min_loss": [
        "La pérdida de validación {de} es mínima en la época {ep} ({v})",
        "{M} consigue su val_loss más baja, {v}, en la época {ep}",
    ],
    "rise": [
        "La exactitud de entrenamiento {de} sube de {a} a {c}",
        "{M} pasa de {a} a {c} de accuracy en entrenamiento",
        "Con {m} la accuracy de train crece de {a} a {c}",
    ],
    "fall": [
        "La pérdida de entrenamiento {de} baja de {a} a {c}",
        "{M} reduce la pérdida de entrenamiento de {a} a {c}",
        "Con {m} la loss de train cae de {a} a {c}",
    ],
    "gap": [
        "La diferencia final entre train y validación {de} es de {v} en exactitud",
        "{M} acaba con una brecha de exactitud train-val de {v}",
    ],
    "exceeds": [
        "{M} supera {el} {t} de exactitud de validación al final",
        "La exactitud final de validación {de} está por encima {del} {t}",
        "{M} termina por encima {del} {t} de val_accuracy",
    ],
    "epochs": ["{M} se entrena durante {n} épocas", "Entrenamos {m} {n} épocas"],
    "ahead_val": [
        "{M} termina con mejor exactitud de validación que {o}",
        "Al final {m} gana {a_o} en accuracy de validación",
        "La accuracy final de validación {de} es más alta que la {de_o}",
    ],
    "top_val": [
        "La mejor exactitud de validación al final es la {de}",
        "La val_accuracy final más alta es la {de}",
        "Si miramos la última época, quien mejor valida es {m}",
    ],
    "test": [
        "{M} obtiene {v} de exactitud en test",
        "En test {m} llega a una accuracy de {v}",
        "La exactitud en test {de} es {v}",
        "{M} se queda en {v} de accuracy en el conjunto de prueba",
        "{b}: {v} de accuracy en test",
    ],
    "test_loss": [
        "La pérdida en test {de} es {v}",
        "{M} tiene una loss en test de {v}",
    ],
    "test_exceeds": [
        "{M} supera {el} {t} de accuracy en test",
        "La exactitud en test {de} pasa {del} {t}",
        "En test {m} está por encima {del} {t} de exactitud",
    ],
    "test_below": [
        "{M} no llega {al} {t} de accuracy en test",
        "La exactitud en test {de} se queda por debajo {del} {t}",
    ],
    "class_precision": [
        "La precisión {de} en la clase {k} es {v}",
        "{M} tiene una precision de {v} en la clase {k}",
    ],
    "class_recall": [
        "El recall {de} en la clase {k} es {v}",
        "{M} recupera la clase {k} con un recall de {v}",
        "Con {m} el recall de {k} es {v}",
    ],
    "class_f1": [
        "El F1 {de} en la clase {k} es {v}",
        "{M} consigue un F1 de {v} en la clase {k}",
        "Con {m} el f1-score de {k} sale {v}",
    ],
    "macro_f1": [
        "El F1 macro {de} es {v}",
        "{M} tiene un macro F1 de {v}",
        "{M} alcanza {v} de F1 macro",
    ],
    "weighted_f1": [
        "El F1 ponderado {de} es {v}",
        "{M} tiene un F1 weighted de {v}",
        "La media ponderada del F1 {de} es {v}",
    ],
    "f1_from": [
        "Con {m}, la clase {k} tiene precisión {p}, recall {r} y F1 {v}",
        "Para {m} la precisión de {k} es {p}, el recall {r} y el F1 {v}",
    ],
    "top_class": [
        "La clase que mejor F1 tiene con {m} es {k}",
        "{M} clasifica mejor la clase {k} que las demás, mirando el F1",
    ],
    "bottom_class": [
        "La clase con peor recall {de} es {k}",
        "Con {m}, la clase de menor recall es {k}",
    ],
    "confused": [
        "{M} confunde {n} {items} de {k} con {p}",
        "Con {m}, {n} {items} de la clase {k} se clasifican como {p}",
    ],
    "hits": [
        "{M} acierta {n} {items} de la clase {k}",
        "Con {m} se clasifican bien {n} {items} de {k}",
    ],
    "errors": [
        "{M} comete {n} errores en total",
        "{M} se equivoca en {n} {items} en total",
        "Los errores {de} suman {n}",
    ],
    "matrix_accuracy": [
        "De la matriz {de} sale una exactitud de {v}",
        "Según su matriz, {m} tiene una accuracy de {v} en test",
    ],
    "share": [
        "{M} falla {n} de las {d} {items} de {k} ({v})",
        "Con {m} se clasifica mal el {v} de las {items} de {k} ({n} de {d})",
    ],
    "common": [
        "El error más frecuente {de} es confundir {k} con {p} ({n} veces)",
        "Lo que más confunde {m} es {k} con {p}: {n} {items}",
    ],
    "batch": [
        "{M} se entrena con lotes de {n}",
        "Para {m} usamos un batch size de {n}",
        "El tamaño de lote {de} es {n}",
    ],
    "rate": [
        "{M} usa una tasa de aprendizaje de {v}",
        "Para {m} el learning rate fue {v}",
        "El learning rate {de} es {v}",
    ],
    "epochs_set": ["{M} se entrena {n} épocas", "Para {m} pusimos {n} épocas"],
    "units": [
        "La capa oculta {de} tiene {n} unidades",
        "{M} tiene {n} unidades en la capa oculta",
    ],
    "dropout": [
        "{M} lleva un dropout de {v}",
        "El dropout {de} es {v}",
        "Para {m} usamos dropout de {v}",
    ],
    "top_test": [
        "El mejor resultado en test es el {de}",
        "La mejor exactitud en test la consigue {m}",
        "En test gana {m}",
        "{M} es la mejor opción si miramos la accuracy en test",
        "La accuracy de test más alta es la {de}",
    ],
    "bottom_test": [
        "El peor resultado en test es el {de}",
        "La peor accuracy en test es la {de}",
        "{M} queda en última posición en exactitud de test",
    ],
    "top_test_value": [
        "La mejor exactitud en test, {v}, es la {de}",
        "{M} consigue la mejor accuracy en test, con {v}",
        "Nos quedamos con {m}, que tiene la mejor accuracy en test ({v})",
    ],
    "ahead_test": [
        "{M} tiene mejor exactitud en test que {o}",
        "En test {m} supera {a_o}",
        "La accuracy en test {de} es mayor que la {de_o}",
    ],
    "diff_test": [
        "{M} mejora la exactitud en test {de_o} en {v} puntos",
        "{M} saca {v} puntos de accuracy en test {a_o}",
        "En test hay {v} puntos porcentuales de exactitud entre {m} y {o}",
    ],
    "order_test": [
        "Ordenando de mejor a peor por exactitud en test queda: {list}",
        "En accuracy de test el orden es {chain}",
        "De mayor a menor exactitud en test: {list}",
    ],
    "mean_test": [
        "La media de la exactitud en test de los {count} es {v}",
        "De media, la accuracy en test es {v}",
        "Accuracy media en test: {v}",
    ],
    "all_exceed": [
        "Todos superan {el} {t} de exactitud en test",
        "Ninguno baja {del} {t} de accuracy en test",
        "Los {count} pasan {del} {t} de exactitud en test",
    ],
    "top_f1": [
        "El mejor F1 es el {de}",
        "El F1 más alto lo tiene {m}",
        "{M} gana en F1",
    ],
    "f1": [
        "El F1 {de} es {v}",
        "{M} obtiene un F1 de {v}",
        "{b} se queda con un F1 de {v}",
    ],
    "parameters": [
        "{M} tiene {n} parámetros",
        "El número de parámetros {de} es {n}",
        "{b}: {n} parámetros",
    ],
    "most_parameters": [
        "El que más parámetros tiene es {m}",
        "El mayor número de parámetros es el {de}",
        "{M} es, de todos, el que más parámetros necesita",
    ],
    "least_parameters": [
        "El que menos parámetros tiene es {m}",
        "{M} tiene el menor número de parámetros",
        "El modelo más pequeño en parámetros es {m}",
    ],
    "double_parameters": [
        "{M} tiene el doble de parámetros que {o}",
        "{M} necesita el doble de parámetros que {o}",
        "El número de parámetros {de} es el doble que el {de_o}",
    ],
    "half_parameters": [
        "{M} tiene la mitad de parámetros que {o}",
        "{M} necesita la mitad de parámetros que {o}",
    ],
    "seconds": [
        "{M} tarda {n} segundos en entrenar",
        "El entrenamiento {de} dura {n} s",
        "Entrenar {m} lleva {n} segundos",
    ],
    "slowest": [
        "El entrenamiento más lento es el {de}",
        "{M} es lo que más tarda en entrenar",
        "El mayor tiempo de entrenamiento es el {de}",
    ],
    "fastest": [
        "El entrenamiento más rápido es el {de}",
        "{M} es lo que menos tarda en entrenar",
        "El menor tiempo de entrenamiento es el {de}",
    ],
    "total_seconds": [
        "Entre todos suman {n} segundos de entrenamiento",
        "En total, entrenarlos todos lleva {n} segundos",
        "El tiempo total de entrenamiento es de {n} s",
    ],
    "sizes": [
        "De los {total} ejemplos, {train} son de entrenamiento, {val} de validación y {test} de test",
        "Tenemos {total} {items}: {train} para entrenar, {val} para validar y {test} para probar",
        "Train: {train}, validación: {val}, test: {test} (total: {total})",
        "El conjunto se parte en {train} de entrenamiento, {val} de validación y {test} de prueba,"
        " {total} en total",
    ],
    "split": [
        "Partimos los datos en {p1} entrenamiento, {p2} validación y {p3} test",
        "El reparto es {p1} / {p2} / {p3} (train / validación / test)",
        "{p1} de los datos para entrenar, {p2} para validar y {p3} para probar",
    ],
    "split_count": [
        "Reservamos el {p} de los {total} ejemplos para test, es decir, {test}",
        "Para test quedan {test} de los {total} ejemplos, un {p}",
        "El {p} de {total} ({test} ejemplos) se guarda para test",
    ],
    "sum_of_two": [
        "{M} y {o} suman {n} parámetros",
        "Entre {m} y {o} juntan {n} parámetros",
    ],
    "gan_d": [
        "El discriminador {de} acaba con una pérdida de {v}",
        "La pérdida final del discriminador {de} es {v}",
    ],
    "gan_g": [
        "El generador {de} acaba con una pérdida de {v}",
        "La pérdida final del generador {de} es {v}",
        "Con {m}, el generador termina con una loss de {v}",
    ],
    "gan_at": [
        "En la época {ep} la pérdida del generador {de} es {v}",
        "Con {m}, el generador tiene una loss de {v} en la época {ep}",
    ],
    "gan_path": [
        "La pérdida del generador {de} pasa de {a} a {c}",
        "Con {m}, la loss del generador va de {a} a {c}",
    ],
    "gan_above": [
        "Con {m}, al final la pérdida {de_x} es mayor que la {de_y}",
    ],
    "gan_ahead": [
        "La pérdida final del generador {de} es menor que la {de_o}",
        "El generador {de} termina con menos pérdida que el {de_o}",
    ],
}

# True whatever the results are.
FILLERS = [
    "En el artículo original se llega a un 0.93 de exactitud en test con otro preprocesado",
    "El umbral de decisión se deja en 0.5",
    "Un clasificador al azar acertaría alrededor del 50 % con dos clases",
    "Con más épocas quizá se podría pasar del 95 %",
    "Trabajamos con Python 3.11 y una GPU T4 de 16 GB",
    "Los textos se recortan a 200 palabras y las imágenes se escalan a 64 x 64",
    "Según García et al. (2019), un F1 de 0.80 ya es aceptable en este problema",
    "El código está en `src/entrenar_v2.py`, y los pesos en la carpeta del 14/03/2024",
    "Probamos también otras 3 configuraciones que no se incluyen aquí",
    "Si subiera la pérdida de validación dos épocas seguidas, pararíamos",
    "La semilla de numpy es 42",
    "Nuestro objetivo era llegar al 90 % en test",
]
