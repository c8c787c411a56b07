"""The same in English, as students write it; see ``scoped_phrases_es``."""

OWN = {
    "final_val": [
        "At the end of training, validation accuracy is {v}",
        "Final val accuracy: {v}",
        "The val_accuracy of the last epoch is {v}",
        "We finish with {v} accuracy on the validation set",
        "It ends up at {v} validation accuracy",
    ],
    "final_train": [
        "Training accuracy ends at {v}",
        "Final train accuracy: {v}",
        "On the data it learns from it ends with an accuracy of {v}",
        "The last epoch gives a training accuracy of {v}",
    ],
    "final_val_loss": [
        "Validation loss ends at {v}",
        "Final val_loss: {v}",
        "When we stop, the loss on validation is {v}",
        "We close with a validation loss of {v}",
    ],
    "at_epoch": [
        "At epoch {ep} the validation accuracy was {v}",
        "By epoch {ep} we already see a val_accuracy of {v}",
        "Epoch {ep}: {v} accuracy on validation",
        "Looking at epoch {ep}, validation accuracy is {v}",
    ],
    "at_epoch_loss": [
        "At epoch {ep} the validation loss is {v}",
        "The val_loss of epoch {ep} was {v}",
        "Epoch {ep}: validation loss {v}",
    ],
    "best": [
        "The best epoch is epoch {ep}, with a validation accuracy of {v}",
        "val_accuracy peaks at {v} in epoch {ep}",
        "Best val_accuracy: {v} (epoch {ep})",
        "The best validation result comes in epoch {ep} with {v} accuracy",
    ],
    "min_loss": [
        "Validation loss bottoms out at epoch {ep} with {v}",
        "The lowest val_loss is {v}, at epoch {ep}",
        "Minimum validation loss: {v} (epoch {ep})",
    ],
    "rise": [
        "Training accuracy rises from {a} to {c}",
        "On the training set we go from {a} accuracy in the first epoch to {c} in the last",
        "Train accuracy grows from {a} up to {c}",
        "Training accuracy starts at {a} and ends at {c}",
    ],
    "fall": [
        "Training loss drops from {a} to {c}",
        "The train loss starts at {a} and finishes at {c}",
        "We can see the training loss going down from {a} to {c}",
    ],
    "gap": [
        "The final gap between training and validation accuracy is {v}",
        "Train-val accuracy gap at the end: {v}",
        "Training accuracy ends {v} above validation accuracy",
    ],
    "exceeds": [
        "Validation accuracy ends above {t}",
        "Final validation accuracy is over {t}",
        "We end with more than {t} validation accuracy",
    ],
    "epochs": ["We trained for {n} epochs", "Training lasted {n} epochs", "That is {n} epochs in total"],
    "test": [
        "On the test set we get an accuracy of {v}",
        "Test accuracy: {v}",
        "On held-out test data it reaches an accuracy of {v}",
        "The result on the test set is {v} accuracy",
        "We obtained a test accuracy of {v}",
    ],
    "test_loss": ["Test loss is {v}", "Loss on the test set: {v}", "The loss on test data comes to {v}"],
    "test_exceeds": [
        "It gets above {t} accuracy on the test set",
        "Test accuracy is over {t}",
        "Test accuracy exceeds {t}",
    ],
    "test_below": [
        "It does not reach {t} accuracy on test",
        "Test accuracy stays below {t}",
        "Test accuracy is under {t}",
    ],
    "class_precision": [
        "The precision of class {k} is {v}",
        "For {k} the precision is {v}",
        "Precision for {k}: {v}",
    ],
    "class_recall": [
        "The recall of class {k} is {v}",
        "Class {k} has a recall of {v}",
        "Recall for {k}: {v}",
    ],
    "class_f1": [
        "The F1 of class {k} is {v}",
        "For class {k} the f1-score comes out at {v}",
        "F1 for {k}: {v}",
    ],
    "macro_f1": [
        "The macro F1 is {v}",
        "Macro-averaged F1 comes to {v}",
        "F1 (macro avg): {v}",
        "Averaging the classes equally, F1 is {v}",
    ],
    "weighted_f1": [
        "The weighted F1 is {v}",
        "The weighted average of F1 is {v}",
        "F1 (weighted avg): {v}",
    ],
    "support": [
        "There are {n} {items} of class {k} in the test set",
        "Class {k} has {n} {items} in test",
        "Support of {k}: {n} {items}",
    ],
    "total_support": [
        "In total {n} {items} are evaluated",
        "The test set has {n} {items}",
        "The report is computed on {n} {items}",
    ],
    "f1_from": [
        "With a precision of {p} and a recall of {r}, the F1 of {k} is {v}",
        "Class {k} has precision {p}, recall {r} and therefore an F1 of {v}",
        "{k}: precision {p}, recall {r}, F1 {v}",
    ],
    "top_class": [
        "The class with the best F1 is {k}",
        "The highest F1 is that of {k}",
        "By F1, the easiest class is {k}",
    ],
    "bottom_class": [
        "The class with the worst recall is {k}",
        "The lowest recall is that of {k}",
        "The class with the lowest recall is {k}",
    ],
    "confused": [
        "{n} {items} of class {k} are classified as {p}",
        "There are {n} {items} of {k} that the model takes for {p}",
        "It confuses {n} {items} of {k} with {p}",
    ],
    "hits": [
        "It gets {n} {items} of class {k} right",
        "{n} {items} of class {k} are classified correctly",
        "Hits in {k}: {n}",
    ],
    "errors": [
        "It makes {n} mistakes in total",
        "Total errors: {n}",
        "Altogether {n} {items} are misclassified",
    ],
    "matrix_total": [
        "The matrix adds up to {n} {items} in total",
        "There are {n} test {items}",
        "The confusion matrix covers {n} {items}",
    ],
    "matrix_accuracy": [
        "The matrix gives an accuracy of {v}",
        "The diagonal amounts to a test accuracy of {v}",
        "Accuracy from the matrix: {v}",
    ],
    "share": [
        "It misses {n} of the {d} {items} of {k}, that is {v}",
        "Of the {d} {items} of class {k} it gets {n} wrong ({v})",
        "{v} of the {items} of {k} ({n} of {d}) are misclassified",
    ],
    "common": [
        "The most frequent mistake is taking {k} for {p} ({n} times)",
        "What happens most often is {k} classified as {p}: {n} {items}",
        "The most common confusion is {k} as {p}, with {n} cases",
    ],
    "batch": [
        "We use a batch size of {n}",
        "Batch size: {n}",
        "Batches have {n} examples",
        "It is trained with batches of {n}",
    ],
    "rate": [
        "The learning rate is {v}",
        "Learning rate: {v}",
        "We optimise with Adam and a learning rate of {v}",
    ],
    "epochs_set": ["It is trained for {n} epochs", "Number of epochs: {n}", "We let it train for {n} epochs"],
    "units": [
        "The hidden layer has {n} units",
        "Hidden units: {n}",
        "We use {n} neurons in the hidden layer",
    ],
    "dropout": ["Dropout is {v}", "We apply a dropout of {v}", "Dropout rate: {v}"],
    "gan_d": [
        "The discriminator ends with a loss of {v}",
        "Final discriminator loss: {v}",
        "The loss of D at the end is {v}",
    ],
    "gan_g": [
        "The generator ends with a loss of {v}",
        "Final generator loss: {v}",
        "The loss of G at the end is {v}",
    ],
    "gan_at": [
        "At epoch {ep} the generator loss is {v}",
        "In epoch {ep} the generator has a loss of {v}",
        "Generator loss at epoch {ep}: {v}",
    ],
    "gan_path": [
        "The generator loss goes from {a} to {c}",
        "The loss of the generator moves from {a} in the first epoch to {c} in the last",
        "The generator starts with a loss of {a} and ends with {c}",
    ],
    "gan_above": [
        "At the end the loss {de_x} is higher than that {de_y}",
        "{X} ends with a higher loss than {y}",
    ],
}

NAMED = {
    "final_val": [
        "{M} ends with a validation accuracy of {v}",
        "{M} finishes at {v} val_accuracy",
        "The final validation accuracy {de} was {v}",
        "In its last epoch {m} has a validation accuracy of {v}",
        "{b}: final validation accuracy {v}",
    ],
    "final_train": [
        "{M} ends with {v} accuracy on the training data",
        "The training accuracy {de} ends at {v}",
    ],
    "final_val_loss": [
        "The final validation loss {de} is {v}",
        "{M} ends with a val_loss of {v}",
    ],
    "at_epoch": [
        "At epoch {ep} {m} has {v} validation accuracy",
        "The validation accuracy {de} at epoch {ep} is {v}",
    ],
    "at_epoch_loss": [
        "At epoch {ep} the validation loss {de} is {v}",
        "{M} has a val_loss of {v} at epoch {ep}",
    ],
    "best": [
        "{M} reaches its best validation accuracy in epoch {ep} ({v})",
        "The best epoch {de} is {ep}, with {v} val_accuracy",
        "The best val_accuracy {de} is {v}, in epoch {ep}",
    ],
    "min_loss": [
        "The validation loss {de} is lowest at epoch {ep} ({v})",
        "{M} gets its lowest val_loss, {v}, in epoch {ep}",
    ],
    "rise": [
        "The training accuracy {de} rises from {a} to {c}",
        "{M} goes from {a} to {c} in training accuracy",
    ],
    "fall": [
        "The training loss {de} falls from {a} to {c}",
        "{M} brings the training loss down from {a} to {c}",
    ],
    "gap": [
        "The final train-validation gap {de} is {v} in accuracy",
        "{M} ends with a gap of {v} between training and validation accuracy",
    ],
    "exceeds": [
        "{M} ends above {t} validation accuracy",
        "The final validation accuracy {de} is above {t}",
    ],
    "epochs": ["{M} is trained for {n} epochs", "We trained {m} for {n} epochs"],
    "ahead_val": [
        "{M} ends with a better validation accuracy than {o}",
        "At the end {m} beats {o} in validation accuracy",
        "The final validation accuracy {de} is higher than that {de_o}",
    ],
    "top_val": [
        "The best validation accuracy at the end is that {de}",
        "The highest final val_accuracy is that {de}",
        "Looking at the last epoch, the best on validation is {m}",
    ],
    "test": [
        "{M} gets {v} accuracy on test",
        "On the test set {m} reaches an accuracy of {v}",
        "The test accuracy {de} is {v}",
        "{M} stays at {v} test accuracy",
        "{b}: {v} test accuracy",
    ],
    "test_loss": ["The test loss {de} is {v}", "{M} has a test loss of {v}"],
    "test_exceeds": [
        "{M} exceeds {t} accuracy on test",
        "The test accuracy {de} is over {t}",
        "On test {m} is above {t} accuracy",
    ],
    "test_below": [
        "{M} does not reach {t} test accuracy",
        "The test accuracy {de} stays below {t}",
    ],
    "class_precision": [
        "The precision {de} on class {k} is {v}",
        "{M} has a precision of {v} on class {k}",
    ],
    "class_recall": [
        "The recall {de} on class {k} is {v}",
        "{M} finds class {k} with a recall of {v}",
        "With {m} the recall of {k} is {v}",
    ],
    "class_f1": [
        "The F1 {de} on class {k} is {v}",
        "{M} gets an F1 of {v} on class {k}",
    ],
    "macro_f1": ["The macro F1 {de} is {v}", "{M} has a macro F1 of {v}", "{M} reaches {v} macro F1"],
    "weighted_f1": ["The weighted F1 {de} is {v}", "{M} has a weighted F1 of {v}"],
    "f1_from": [
        "With {m}, class {k} has precision {p}, recall {r} and F1 {v}",
        "For {m} the precision of {k} is {p}, the recall {r} and the F1 {v}",
    ],
    "top_class": ["The class with the best F1 for {m} is {k}", "By F1, {m} does best on class {k}"],
    "bottom_class": ["The class with the worst recall for {m} is {k}", "{M} has its lowest recall on {k}"],
    "confused": [
        "{M} confuses {n} {items} of {k} with {p}",
        "With {m}, {n} {items} of class {k} are classified as {p}",
    ],
    "hits": [
        "{M} gets {n} {items} of class {k} right",
        "With {m}, {n} {items} of {k} are classified correctly",
    ],
    "errors": [
        "{M} makes {n} errors in total",
        "{M} misclassifies {n} {items} in total",
        "The errors {de} add up to {n}",
    ],
    "matrix_accuracy": [
        "The matrix {de} gives an accuracy of {v}",
        "According to its matrix, {m} has a test accuracy of {v}",
    ],
    "share": [
        "{M} misses {n} of the {d} {items} of {k} ({v})",
        "With {m}, {v} of the {items} of {k} ({n} of {d}) are misclassified",
    ],
    "common": [
        "The most frequent mistake {de} is taking {k} for {p} ({n} times)",
        "What {m} confuses most is {k} with {p}: {n} {items}",
    ],
    "batch": [
        "{M} is trained with batches of {n}",
        "For {m} we use a batch size of {n}",
        "The batch size {de} is {n}",
    ],
    "rate": [
        "{M} uses a learning rate of {v}",
        "For {m} the learning rate was {v}",
    ],
    "epochs_set": ["{M} trains for {n} epochs", "For {m} we set {n} epochs"],
    "units": ["The hidden layer {de} has {n} units", "{M} has {n} hidden units"],
    "dropout": ["{M} uses a dropout of {v}", "The dropout {de} is {v}"],
    "top_test": [
        "The best test result is that {de}",
        "The best test accuracy is achieved by {m}",
        "On test the winner is {m}",
        "{M} is the best choice if we look at test accuracy",
    ],
    "bottom_test": [
        "The worst test result is that {de}",
        "The worst test accuracy is that {de}",
        "{M} comes last in test accuracy",
    ],
    "top_test_value": [
        "The best test accuracy, {v}, is that {de}",
        "{M} achieves the best test accuracy, {v}",
        "We keep {m}, which has the best test accuracy ({v})",
    ],
    "ahead_test": [
        "{M} has a better test accuracy than {o}",
        "On test {m} beats {o}",
        "The test accuracy {de} is higher than that {de_o}",
    ],
    "diff_test": [
        "{M} improves on the test accuracy {de_o} by {v} points",
        "{M} is {v} points of test accuracy ahead of {o}",
        "On test there are {v} percentage points of accuracy between {m} and {o}",
    ],
    "order_test": [
        "From best to worst by test accuracy: {list}",
        "In test accuracy the order is {chain}",
        "Ranked by test accuracy we have {list}",
    ],
    "mean_test": [
        "The mean test accuracy of the {count} is {v}",
        "On average, test accuracy is {v}",
        "Mean test accuracy: {v}",
    ],
    "all_exceed": [
        "All of them exceed {t} test accuracy",
        "None of them falls below {t} test accuracy",
        "All {count} are above {t} accuracy on test",
    ],
    "top_f1": ["The best F1 is that {de}", "The highest F1 belongs to {m}", "{M} wins on F1"],
    "f1": ["The F1 {de} is {v}", "{M} gets an F1 of {v}", "{b} has an F1 of {v}"],
    "parameters": [
        "{M} has {n} parameters",
        "The number of parameters {de} is {n}",
    ],
    "most_parameters": [
        "The one with the most parameters is {m}",
        "The largest number of parameters is that {de}",
        "{M} has more parameters than any other",
    ],
    "least_parameters": [
        "The one with the fewest parameters is {m}",
        "{M} has the smallest number of parameters",
    ],
    "double_parameters": [
        "{M} has twice as many parameters as {o}",
        "{M} needs double the parameters of {o}",
    ],
    "half_parameters": [
        "{M} has half as many parameters as {o}",
        "{M} needs half the parameters of {o}",
    ],
    "seconds": [
        "{M} takes {n} seconds to train",
        "Training {m} takes {n} s",
    ],
    "slowest": [
        "The slowest to train is {m}",
        "{M} takes the longest to train",
        "The longest training time is that {de}",
    ],
    "fastest": [
        "The fastest to train is {m}",
        "{M} takes the least time to train",
        "The shortest training time is that {de}",
    ],
    "total_seconds": [
        "Together they add up to {n} seconds of training",
        "In total, training all of them takes {n} seconds",
        "Total training time is {n} s",
    ],
    "sizes": [
        "Of the {total} examples, {train} are for training, {val} for validation and {test} for test",
        "We have {total} {items}: {train} to train, {val} to validate and {test} to test",
        "Train: {train}, validation: {val}, test: {test} (total: {total})",
    ],
    "split": [
        "We split the data into {p1} training, {p2} validation and {p3} test",
        "The split is {p1} / {p2} / {p3} (train / validation / test)",
        "{p1} of the data for training, {p2} for validation and {p3} for test",
    ],
    "split_count": [
        "We keep {p} of the {total} examples for test, that is, {test}",
        "{test} of the {total} examples are left for test, {p}",
        "{p} of {total} ({test} examples) is held out for test",
    ],
    "sum_of_two": [
        "{M} and {o} add up to {n} parameters",
        "Together {m} and {o} have {n} parameters",
    ],
    "gan_d": [
        "The discriminator {de} ends with a loss of {v}",
        "The final discriminator loss {de} is {v}",
    ],
    "gan_g": [
        "The generator {de} ends with a loss of {v}",
        "The final generator loss {de} is {v}",
        "With {m}, the generator ends with a loss of {v}",
    ],
    "gan_at": [
        "At epoch {ep} the generator loss {de} is {v}",
        "With {m}, the generator has a loss of {v} at epoch {ep}",
    ],
    "gan_path": [
        "The generator loss {de} goes from {a} to {c}",
        "With {m}, the generator loss moves from {a} to {c}",
    ],
    "gan_above": ["With {m}, at the end the loss {de_x} is higher than that {de_y}"],
    "gan_ahead": [
        "The final generator loss {de} is lower than that {de_o}",
        "The generator {de} ends with a lower loss than that {de_o}",
    ],
}

FILLERS = [
    "The original paper reaches 0.93 test accuracy with another preprocessing",
    "The decision threshold is left at 0.5",
    "A random classifier would be right about 50 % of the time with two classes",
    "With more epochs we could perhaps get past 95 %",
    "We worked with Python 3.11 and a T4 GPU with 16 GB",
    "Texts are cut to 200 words and images scaled to 64 x 64",
    "According to Smith et al. (2019), an F1 of 0.80 is already acceptable for this problem",
    "The code is in `src/train_v2.py`, and the weights in the folder of 14/03/2024",
    "We also tried 3 other configurations that are not included here",
    "If validation loss had risen two epochs in a row, we would have stopped",
    "The numpy seed is 42",
    "Our goal was to reach 90 % on test",
]
