"""What generated reports have besides their statements: headings, table headers, background."""

WORDS = {
    "es": "cero una dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "en": "zero one two three four five six seven eight nine ten eleven twelve",
}
ORDINALS = {
    "es": "primera segunda tercera cuarta quinta sexta séptima octava novena décima",
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth",
}
HEADINGS = {
    "es": {
        "lstm": "Parte A. LSTM para clasificar reseñas",
        "setup": "Configuración",
        "metrics": "Métricas",
        "epochs": "Evolución por época",
        "confusion": "Matriz de confusión",
        "discussion": "Discusión",
        "gan": "Parte B. GAN de dígitos",
        "images": "Imágenes generadas",
        "end": "Conclusiones",
    },
    "en": {
        "lstm": "Part A. An LSTM for reviews",
        "setup": "Setup",
        "metrics": "Metrics",
        "epochs": "Metrics per epoch",
        "confusion": "Confusion matrix",
        "discussion": "Discussion",
        "gan": "Part B. A GAN for digits",
        "images": "Generated images",
        "end": "Conclusions",
    },
}
COLUMNS = {
    "es": [
        ("Época", "Loss (train)", "Accuracy (train)", "Loss (val)", "Accuracy (val)"),
        (
            "Época",
            "Pérdida entrenamiento",
            "Exactitud entrenamiento",
            "Pérdida validación",
            "Exactitud validación",
        ),
        ("Epoch", "loss", "accuracy", "val_loss", "val_accuracy"),
        ("#", "Pérdida (entr.)", "Exactitud (entr.)", "Pérdida (val.)", "Exactitud (val.)"),
    ],
    "en": [
        ("Epoch", "Train loss", "Train acc", "Val loss", "Val acc"),
        ("Epoch", "loss", "accuracy", "val_loss", "val_accuracy"),
        ("Epoch", "Training loss", "Training accuracy", "Validation loss", "Validation accuracy"),
    ],
}
LOSS_COLUMNS = {
    "es": [
        ("Iteración", "Pérdida del discriminador", "Pérdida del generador"),
        ("Paso", "Pérdida D", "Pérdida G"),
        ("Iteraciones", "d_loss", "g_loss"),
    ],
    "en": [
        ("Iteration", "Discriminator loss", "Generator loss"),
        ("Step", "D loss", "G loss"),
        ("Iterations", "d_loss", "g_loss"),
    ],
}
MATRIX = {
    "es": [
        ("Predicho: Negativo", "Predicho: Positivo", "Real: Negativo", "Real: Positivo"),
        ("Pred. negativa", "Pred. positiva", "Real negativa", "Real positiva"),
        ("Predicción neg", "Predicción pos", "Verdadero neg", "Verdadero pos"),
    ],
    "en": [
        ("Predicted negative", "Predicted positive", "Actual negative", "Actual positive"),
        ("Pred. neg", "Pred. pos", "True neg", "True pos"),
    ],
}

# True whatever the results are: numbers that are no claims, other people's results, suppositions.
FILLERS = {
    "es": [
        "La red lee la reseña palabra por palabra y decide al final",
        "Según Dai y Le (2015), una LSTM bien ajustada es un punto de partida razonable",
        "Los experimentos se hicieron con Python 3.11.7 y TensorFlow 2.21.0",
        "Más detalles en la sección 3.2 y en el anexo A.1",
        "El código está en `src/train_v2.py`, con fecha 12/05/2024",
        "No se puede decir que el modelo oscile por culpa del orden de los lotes",
        "El valor por omisión de la tasa de aprendizaje en Keras es otro",
        "La entrega es el 3 de junio de 2024",
        "Un sobreajuste severo habría obligado a regularizar más",
        "El informe completo está en https://example.org/informe/2024/v1.2",
        "La GPU tenía 16 GB de memoria y cada época tardó 48 s",
        "La red tiene 4 capas y 3.8 millones de parámetros",
        "Un modelo al azar acierta el 50 % de las reseñas",
        "Si se usa un dropout de 0.5, la exactitud de validación baja",
        "El 80 % de las reseñas tiene menos de 300 palabras",
        "Un clasificador trivial tendría una exactitud de 0.50 en test",
        "Los autores de [3] obtienen 0.8650 en test con una LSTM",
        "Según Maas et al., la exactitud en test es de 88.89 %",
        "Usamos 3 semillas: 1, 2 y 3",
        "El modelo lineal llega a 0.8838 en test",
        "Un 20 % de validación es habitual",
        "Bastan 3 épocas para ver la tendencia",
        "Reducir la tasa de aprendizaje a la mitad no cambia nada",
        "El intervalo de confianza al 95 % es [0.859, 0.868]",
        "El error típico de la pérdida de validación es 0.004",
        "El ruido tiene 100 dimensiones y las imágenes miden 28 x 28 píxeles",
        "Una pérdida del discriminador de 0.05 significaría que gana",
        "En otros trabajos la GAN se entrena 20 000 iteraciones",
        "El ojo ve 7 de 25",
    ],
    "en": [
        "The network reads the review word by word and decides at the end",
        "According to Dai and Le (2015), a well-tuned LSTM is a reasonable baseline",
        "Experiments ran on Python 3.11.7 and TensorFlow 2.21.0",
        "See section 3.2 and appendix A.1 for details",
        "The code lives in `src/train_v2.py`, dated 12/05/2024",
        "We cannot claim that the batch order makes the model oscillate",
        "The default learning rate of Keras is a different one",
        "The deadline is June 3, 2024",
        "Severe overfitting would have called for more regularization",
        "The full report is at https://example.org/report/2024/v1.2",
        "The GPU had 16 GB of memory and each epoch took 48 s",
        "Our training took 12.5 minutes on 2 cores",
        "We tried 3 learning rates before settling",
        "A majority classifier reaches 50 % accuracy on test",
        "About 14 % of the reviews are longer than 400 words",
        "The validation loss of a coin toss is 0.693",
        "Accuracy above 0.9 would need a transformer",
        "With a patience of 5 epochs we would have trained longer",
        "We looked at 10 wrong reviews by hand",
        "Our baseline, a logistic regression, gets 0.8838 test accuracy",
        "The 95 % interval of the test accuracy is 0.8595–0.8680",
        "In 3 of 4 epochs the GPU was idle",
        "The generator maps 100 noise values to 784 pixels",
        "A batch of images takes 21 ms",
        "MNIST has 60,000 training images and 10,000 test images",
        "If the discriminator collapsed, its loss would be 0",
        "Labels were smoothed to 0.9",
        "Every 500 iterations we save 25 samples",
    ],
}
