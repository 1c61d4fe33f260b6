"""Jupyter's way to another kind of kernel process: a provisioner, here by parameter and without an entry point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jupyter_client.connect import KernelConnectionInfo
    from jupyter_client.manager import AsyncKernelManager

    from toolkit.reports.kernels.source import KernelSource


def manager_class(source: KernelSource) -> type[AsyncKernelManager]:
    """A kernel manager whose one kernel is `source`; for nbclient's ``kernel_manager_class``."""
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager
    from jupyter_client.provisioning.local_provisioner import LocalProvisioner

    class SourceProvisioner(LocalProvisioner):
        """Writes the connection file as for a command, and hands it to the source instead of running the command."""

        async def launch_kernel(self, cmd: list[str], **_kwargs: Any) -> KernelConnectionInfo:
            del cmd
            source.launch(str(getattr(self.parent, "connection_file", "")))
            self.process = _Process(source)  # type: ignore[assignment]  # all of it that the provisioner uses
            self.pid = self.pgid = source.pid
            return self.connection_info

    class SourceManager(AsyncKernelManager):
        """Has its provisioner from the beginning, and needs no kernel to be installed."""

        @property
        def kernel_spec(self) -> KernelSpec:
            return KernelSpec(display_name="Python 3", language="python")

        async def _async_pre_start_kernel(self, **kwargs: Any) -> tuple[list[str], dict[str, Any]]:
            if self.provisioner is None:
                self.provisioner = SourceProvisioner(
                    kernel_id=self.kernel_id or "report", kernel_spec=self.kernel_spec, parent=self
                )
            command, rest = await super()._async_pre_start_kernel(**kwargs)
            return command, rest

        pre_start_kernel = _async_pre_start_kernel

    return SourceManager


class _Process:
    """The part of `Popen` that the local provisioner uses."""

    stdin = stdout = stderr = None

    def __init__(self, source: KernelSource) -> None:
        self.source = source
        self.pid = source.pid

    def poll(self) -> int | None:
        return self.source.poll()

    def wait(self) -> int:
        return self.source.wait()

    def send_signal(self, number: int) -> None:
        import os

        os.kill(self.pid, number)

    def kill(self) -> None:
        self.source.end()

    terminate = kill
