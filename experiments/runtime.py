"""How the machine is set up for a run: threads and device. It can alter results, in their last
digits."""

from experiments.records.base import Device

THREADS = 1  # per run: runs are independent processes, as many at once as there are cores

# Set before TensorFlow is imported: silence at start-up, and the processor alone, so that the
# same seed gives the same run on machines with and without an accelerator.
ENVIRONMENT = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "1",
    "CUDA_VISIBLE_DEVICES": "-1",
    "OMP_NUM_THREADS": str(THREADS),
    "PYTHONHASHSEED": "0",
}


def environment_variables(device: Device) -> dict[str, str]:
    """``ENVIRONMENT``, or on a GPU the same with all that it has visible."""
    hidden = set() if device == "cpu" else {"CUDA_VISIBLE_DEVICES"}
    return {name: value for name, value in ENVIRONMENT.items() if name not in hidden}


def prepare(device: Device) -> None:
    """Keep TensorFlow within ``THREADS`` and, on a GPU, from taking all its memory; call before any
    operation."""
    limit_threads()
    if device == "gpu":
        import tensorflow as tf

        for gpu in tf.config.list_physical_devices("GPU"):
            tf.config.experimental.set_memory_growth(gpu, True)


def limit_threads() -> None:
    """Keep TensorFlow within ``THREADS``; call before any operation."""
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(THREADS)
    tf.config.threading.set_inter_op_parallelism_threads(THREADS)
