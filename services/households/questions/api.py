"""The internal routes of households. The gateway never routes here."""

from fastapi import APIRouter, Depends
from fastapi.responses import StreamingResponse

from services.households.questions import streams
from services.households.questions.access import record_question
from services.households.questions.schemas import (
    HouseholdsQuestion,
    KinshipAnswer,
    KinshipQuestion,
    KnownHousehold,
    KnownHouseholds,
    MaskedHousehold,
    MaskedHouseholds,
    PersonalQuestion,
)
from shared.http.access import Caller, Context, calling_service
from shared.http.commands import Read
from shared.http.route import Route
from shared.identity_numbers import mask, mask_name

router = APIRouter(prefix="/internal", route_class=Route, dependencies=[Depends(calling_service)])
_NDJSON = "application/x-ndjson"


@router.post("/household")
async def ask_households(question: HouseholdsQuestion, connection: Read) -> KnownHouseholds:
    """Where households are and whether they are in scope; those that are not known are absent."""
    rows = await connection.fetch(
        """SELECT id AS household_id, division, in_scope, version, members_counted AS members
           FROM households WHERE id = ANY($1::uuid[]) ORDER BY id""",
        question.household_ids,
    )
    return KnownHouseholds(households=[KnownHousehold(**dict(row)) for row in rows])


@router.post("/masked-names")
async def ask_masked_names(question: HouseholdsQuestion, connection: Read) -> MaskedHouseholds:
    """The heads of households as a notice shows them."""
    rows = await connection.fetch(
        """SELECT household_id, name, id_number FROM members
           WHERE household_id = ANY($1::uuid[]) AND relation = 'head' AND until IS NULL ORDER BY household_id""",
        question.household_ids,
    )
    return MaskedHouseholds(
        households=[
            MaskedHousehold(
                household_id=row["household_id"],
                name=mask_name(row["name"]),
                id_number=mask(row["id_number"]) if row["id_number"] is not None else "",
            )
            for row in rows
        ]
    )


@router.post("/kinship")
async def ask_kinship(question: KinshipQuestion, connection: Read) -> KinshipAnswer:
    """To which of the households the officer has a declared relation."""
    rows = await connection.fetch(
        """SELECT household_id FROM relatives
           WHERE officer_id = $1 AND household_id = ANY($2::uuid[]) ORDER BY household_id""",
        question.officer_id,
        question.household_ids,
    )
    return KinshipAnswer(related=[row["household_id"] for row in rows])


@router.post("/id-numbers")
async def ask_id_numbers(question: PersonalQuestion, caller: Caller, context: Context) -> StreamingResponse:
    """A line for each living member who has one: ``household_id``, ``member_id``, ``id_number``."""
    await record_question(context, caller, question, "comparison")
    found = streams.lines(context.database, streams.ID_NUMBERS, question.household_ids)
    return StreamingResponse(found, media_type=_NDJSON)


@router.post("/member-records")
async def ask_member_records(question: PersonalQuestion, caller: Caller, context: Context) -> StreamingResponse:
    """A line for each living member with what cleaning checks, and whether the person lives elsewhere too."""
    await record_question(context, caller, question, "data_cleaning")
    found = streams.lines(context.database, streams.MEMBER_RECORDS, question.household_ids)
    return StreamingResponse(found, media_type=_NDJSON)
