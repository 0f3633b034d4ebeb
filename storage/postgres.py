"""PostgreSQL as the mapper's engine, with transactions that leave nothing behind when their connection dies.

The mapper would keep the dead connection as the task's own: a task that lives as long
as the service, such as the one that commits mail, would never get another.
"""

from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import TransactionalDBClient, TransactionContext, TransactionContextPooled
from tortoise.connection import get_connections


class PostbuchPostgresClient(AsyncpgDBClient):
    """A pool of connections to PostgreSQL."""

    def _in_transaction(self) -> TransactionContext:
        return _ReleasingContext(TransactionWrapper(self), self._pool_init_lock)


class _ReleasingContext(TransactionContextPooled):
    async def __aenter__(self) -> TransactionalDBClient:
        try:
            return await super().__aenter__()
        except BaseException:
            if hasattr(self, "token"):  # else it did not even get a connection
                get_connections().reset(self.token)
                await self._release()
            raise

    async def __aexit__(self, error_type: type[BaseException] | None, *_: object) -> None:
        get_connections().reset(self.token)
        try:
            if error_type is None:
                await self.client.commit()
            else:
                await self.client.rollback()
        finally:
            await self._release()

    async def _release(self) -> None:
        client = self.client  # what the mapper would give back itself
        await client._parent._pool.release(client._connection)  # noqa: SLF001


client_class = PostbuchPostgresClient
