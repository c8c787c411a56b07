"""A judge's record is refused if its networks are not those that its settings and data ask for."""

import os

import pytest

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

from judges import MNIST, described, judge_run, own_images

from experiments.images.digit_judge import build_members
from experiments.kinds.judge import Control, JudgeConfig, JudgeRecord, are_digits
from experiments.records.base import Run
from experiments.records.storage import parse_record, record_to_json


@pytest.fixture(scope="module")
def run() -> Run:
    return judge_run()


def refused(run: Run, **changed: object) -> str:
    content = run.record.model_dump() | changed
    with pytest.raises(ValueError, match="las redes construidas no son las de la configuración: ") as error:
        JudgeRecord.model_validate(content)
    return str(error.value)


def test_a_record_is_read_back_as_it_was_written(run: Run) -> None:
    assert parse_record(record_to_json(run.record), "aquí") == run.record
    assert run.record.n_classes == 10


def test_another_number_of_members_is_refused(run: Run) -> None:
    message = refused(run, config=JudgeConfig(members=3))
    assert "members: se esperaba 3, se encontró 2" in message


def test_the_members_answer_with_all_classes_and_one_more(run: Run) -> None:
    two = described(build_members(2, 2, 0), JudgeConfig())
    parameters = sum(member.parameters for member in two)
    message = refused(run, members=two, parameters=parameters)
    assert "clases (pooled-1): se esperaba 10, se encontró 2" in message
    assert "clases (strided-2): se esperaba 10, se encontró 2" in message
    own = {"members": two, "parameters": parameters, "data": own_images("perro", "gato")}
    assert JudgeRecord.model_validate(run.record.model_dump() | own).n_classes == 2
    assert "se esperaba 3, se encontró 2" in refused(run, **own | {"data": own_images("a", "b", "c")})


def test_members_that_differ_in_their_answers_are_refused_where_the_classes_have_no_words(run: Run) -> None:
    mixed = (
        *described(build_members(1, 4, 0), JudgeConfig()),
        *described(build_members(1, 3, 0), JudgeConfig()),
    )
    parameters = sum(member.parameters for member in mixed)
    message = refused(run, members=mixed, parameters=parameters, data=own_images())
    assert "clases (pooled-1): se esperaba 4, se encontró 3" in message


def test_another_optimiser_or_learning_rate_is_refused(run: Run) -> None:
    first, second = run.record.members
    other = first.optimizer.model_copy(update={"kind": "SGD"})
    message = refused(run, members=(first.model_copy(update={"optimizer": other}), second))
    assert "optimizer (pooled-1): se esperaba Adam, se encontró SGD" in message
    message = refused(run, config=JudgeConfig(learning_rate=0.01))
    assert "learning_rate (strided-2): se esperaba 0.01, se encontró 0.002" in message


def test_the_parameters_are_those_of_all_members(run: Run) -> None:
    assert "parameters: se esperaba 582157, se encontró 582158" in refused(run, parameters=582_157)


@pytest.mark.parametrize(
    ("expected", "limit", "readable", "passed"),
    [(True, 0.9, 90, True), (True, 0.9, 89, False), (False, 0.1, 9, True), (False, 0.1, 10, False)],
)
def test_a_control_passes_on_the_right_side_of_its_limit(
    expected: bool, limit: float, readable: int, passed: bool
) -> None:
    control = Control(
        name="real", family="trained", readable_expected=expected, limit=limit, n=100, readable=readable
    )
    assert control.passed == passed


def test_digits_are_those_of_mnist_alone() -> None:
    assert are_digits(MNIST)
    assert are_digits(MNIST.model_copy(update={"name": "sample_digits"}))
    assert not are_digits(own_images(*"0123456789"))
