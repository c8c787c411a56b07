from experiments.brought.history.runs import Training, told, trainings_of


def trainings(*cells: str) -> list[Training]:
    return trainings_of(
        [[(f"{c}.{i}", line) for i, line in enumerate(cell.split("\n"))] for c, cell in enumerate(cells)]
    )


def numbers(*cells: str) -> list[list[int]]:
    return [[epoch.number for epoch in training.epochs] for training in trainings(*cells)]


def test_a_training_ends_where_the_count_goes_back() -> None:
    assert numbers("Epoch 1\nloss: 1\nEpoch 2\nloss: 1\nEpoch 1\nloss: 1") == [[1, 2], [1]]
    assert numbers("Epoch 1/1\nloss: 1\nEpoch 1/1\nloss: 1") == [[1], [1]]
    assert numbers("Epoch 1, loss: 1\nEpoch 1, val_loss: 1") == [[1]]
    assert numbers("Epoch 1, loss: 1", "Epoch 1, val_loss: 1") == [[1], [1]]
    assert numbers("Epoch 1, loss: 1", "Epoch 2, loss: 1") == [[1, 2]]


def test_a_count_without_metrics_is_no_training() -> None:
    assert numbers("Epoch 5\nEpoch 1\nloss: 1\nEpoch 0") == [[1]]
    assert numbers("Epoch 1", "loss: 1") == []


def test_brackets_count_epochs_only_where_nothing_else_does() -> None:
    assert numbers("[1/2] loss=1\n[2/2] loss=1") == [[1, 2]]
    assert numbers("Epoch 1\n[1/2] loss=1\nval_loss: 1\n[2/2] loss=1\nEpoch 2\nval_loss: 1") == [[1, 2]]


def test_what_an_epoch_comes_to() -> None:
    (training,) = trainings("Epoch 7, loss: 1\nacc: 0.5\nloss: 2\nloss: 1")
    found = told(training.epochs[0])

    assert (found.number, found.place, found.whole) == (7, "0.0", True)
    assert found.values == {"loss": ["1", "2"], "acc": ["0.5"]}
