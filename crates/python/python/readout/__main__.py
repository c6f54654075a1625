"""The command `readout`."""

import signal
import sys

import readout


def main() -> None:
    """Runs the command with the arguments of the process."""
    # As in any program: an interrupt ends it at once.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(readout.run(sys.argv[1:]))


if __name__ == "__main__":
    main()
