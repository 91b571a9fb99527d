"""The kernel that runs the notebooks: always this interpreter, with nobody's personal start-up files."""

import zmq
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from traitlets import default

KERNEL_NAME = NATIVE_KERNEL_NAME


class OwnKernelManager(AsyncKernelManager):
    """Starts the kernel of the running interpreter and talks to it in secret, where the machine can.

    It looks into no folder for kernels, so the native one is `ipykernel` of the running interpreter: a kernel
    named `python3` that a user has installed may belong to another environment.
    """

    @default("kernel_spec_manager")
    def _kernel_spec_manager_default(self) -> KernelSpecManager:
        return KernelSpecManager(kernel_dirs=[])

    @default("transport_encryption")
    def _transport_encryption_default(self) -> str:
        return "auto" if zmq.has("curve") else "disabled"

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        """Return the command of the kernel, told to be silent: what a cell says comes by its messages."""
        return super().format_kernel_cmd([*(extra_arguments or []), "--log-level=50"])
