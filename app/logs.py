"""What is told to whoever runs the service: one line per change of state, on standard error.

Lines for people on a terminal, JSON elsewhere.  Contents and subjects of mails are
never logged, addresses at debug level only.
"""

import logging
import sys
import traceback

import structlog
from structlog.typing import Processor

# Libraries write statements with their values, and mail line by line, at lower levels:
# they are let through from here on, whatever our own level is.
_LIBRARIES_FROM = logging.WARNING


def set_up_logs(level: str) -> None:
    """Log our own lines from *level* on, and what libraries warn of."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _renderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )
    logging.disable(_LIBRARIES_FROM - 1)
    logging.basicConfig(handlers=[_Forwarding()], force=True)


def _renderer() -> Processor:
    if sys.stderr.isatty():
        return structlog.dev.ConsoleRenderer()
    return structlog.processors.JSONRenderer()


class _Forwarding(logging.Handler):
    """Passes on that a library warned and where; of an error only its type, for its text may quote a mail."""

    def emit(self, record: logging.LogRecord) -> None:
        lines = structlog.get_logger(record.name)
        if record.exc_info and record.exc_info[0]:
            kind, _, where = record.exc_info
            lines.error(
                "library failed",
                logger=record.name,
                error=kind.__name__,
                where="".join(traceback.format_tb(where)),
            )
        else:
            lines.log(record.levelno, "library warned", logger=record.name, message=str(record.msg))
