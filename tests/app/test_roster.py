"""The roster: who joins and leaves, with what, and who noted it."""

import pytest

from mail.address import Address
from storage import logins, roster
from storage.audit import Audit
from storage.staff import AccessRole, CaptureAddress, Staff, StaffAddressKind

pytestmark = pytest.mark.usefixtures("database")


def _address(text: str) -> Address:
    address = Address.parse(text)
    assert address is not None
    return address


async def _joined(name: str = "Eva Graf", at: str = "Eva.Graf@Firm.example", **more: object) -> Staff:
    return await roster.add(roster.NewStaff(name=name, address=_address(at), **more), by=None)  # type: ignore[arg-type]


async def test_the_first_administrator_is_added_once() -> None:
    first = await roster.first_administrator("hash")
    assert first is not None
    assert (first.login, first.access, first.password_is_temporary) == ("admin", "administrator", True)
    assert await roster.first_administrator("other hash") is None


async def test_somebody_who_joins_is_found_by_id_login_and_address() -> None:
    staff = await _joined()
    await roster.add_address(_address("sales@firm.example"), by=None, staff_id=staff.id)
    for text in (str(staff.id), "EVA.GRAF@firm.example", "sales@FIRM.example"):
        found = await roster.find(text)
        assert found is not None
        assert found.id == staff.id
    assert await roster.find("nobody@firm.example") is None
    assert await roster.find("9" * 40) is None


async def test_two_cannot_have_one_address() -> None:
    staff = await _joined()
    with pytest.raises(roster.AddressTaken):
        await _joined(name="Somebody Else")
    with pytest.raises(roster.AddressTaken):
        await roster.add_address(_address("eva.graf@firm.example"), by=None, staff_id=staff.id)
    assert [one.name for one in await roster.everybody()] == ["Eva Graf"]


async def test_who_leaves_can_neither_log_in_nor_capture_but_keeps_the_address() -> None:
    staff = await _joined(password_hash="hash")
    await CaptureAddress.create(key="eva.secret@capture.example", staff_id=staff.id)
    assert await logins.staff_by_login("eva.graf@firm.example") is not None
    assert await roster.leave(staff.id, by=None)
    assert not await roster.leave(staff.id, by=None)
    assert await logins.staff_by_login("eva.graf@firm.example") is None
    assert (await CaptureAddress.get()).revoked_at is not None
    assert await roster.present() == []
    (former,) = await roster.everybody()
    assert [address.key for address in former.addresses] == ["eva.graf@firm.example"]


async def test_leaving_ends_open_sessions_and_programs() -> None:
    staff = await _joined(password_hash="hash")
    token = await logins.make_api_token(staff.id, "a program")
    await roster.leave(staff.id, by=None)
    assert await logins.api_token_of(token) is None


async def test_the_last_administrator_can_neither_leave_nor_step_down() -> None:
    first = await roster.first_administrator("hash")
    assert first is not None
    with pytest.raises(roster.LastAdministrator):
        await roster.leave(first.id, by=None)
    with pytest.raises(roster.LastAdministrator):
        await roster.set_access(first.id, AccessRole.READER, by=None)
    second = await _joined(access=AccessRole.ADMINISTRATOR)
    await roster.set_access(first.id, AccessRole.READER, by=second.id)
    assert [one.access for one in await roster.present()] == [AccessRole.READER, AccessRole.ADMINISTRATOR]


async def test_a_team_has_members_and_a_shared_mailbox() -> None:
    team = await roster.add_team("Sales", by=None)
    staff = await _joined(team_id=team.id)
    await roster.add_address(
        _address("sales@firm.example"), by=staff.id, kind=StaffAddressKind.SHARED, team_id=team.id
    )
    (found,) = await roster.teams()
    assert [one.name for one in found.staff] == ["Eva Graf"]
    assert [address.key for address in found.addresses] == ["sales@firm.example"]
    with pytest.raises(roster.NameTaken):
        await roster.add_team("Sales", by=None)
    await roster.join_team(staff.id, None, by=None)
    assert (await roster.present())[0].team is None


async def test_every_change_is_noted_with_who_made_it() -> None:
    boss = await _joined(name="Boss", at="boss@firm.example")
    staff = await roster.add(roster.NewStaff("Eva", _address("eva@firm.example")), by=boss.id)
    await roster.set_password(staff.id, "hash", temporary=True, by=boss.id)
    address = await roster.add_address(_address("e@firm.example"), by=boss.id, staff_id=staff.id)
    assert await roster.remove_address(address.id, by=boss.id)
    assert not await roster.remove_address(address.id, by=boss.id)
    acts = await Audit.filter(staff_id=boss.id).order_by("id")
    assert [act.act for act in acts] == ["staff-added", "password-set", "address-added", "address-removed"]
