"""Nobody becomes somebody else alone: a seat that was somebody's is taken with two officers, its closed rooms stay behind, tokens open for those who may enter."""

from django.db import migrations, models

ROW = """table (person uuid, name text, organisation uuid, mechanism uuid, roles text[], ceiling integer, compartments uuid[],
    member_slug text, mechanism_slug text, mechanism_name text, exercise boolean, organisation_name text, demo boolean)"""
DEFINER = "language sql stable security definer set search_path = public, pg_temp"

KNOWN_SO_FAR = [
    """update kernel_member member set was_taken = true where member.account_id is not null
         or exists (select from kernel_invitation one where one.member_id = member.id and one.used_at is not null)
         or exists (select from kernel_change change where change.model = 'kernel.Member' and change.record_id = member.id
                      and (change.before ->> 'account_id' is not null or change.after ->> 'account_id' is not null))""",
    """update kernel_invitation one set needs_second = one.recovers or member.was_taken,
           asked_by_account = (select asker.account_id from kernel_member asker where asker.id = one.asked_by)
         from kernel_member member where member.id = one.member_id and one.used_at is null""",
]

# Whoever leaves a seat leaves its closed rooms; the same person back on it (a mistake taken back) is in them again. The secretariat ends
# seats and sees no room, so this is done where it is not seen, whatever statement ends the seat.
SEATS = [
    """create function gate.seat_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
       begin
         new.was_taken := old.was_taken or new.was_taken or new.account_id is not null;
         if new.account_id is distinct from old.account_id then
           if old.account_id is not null then
             update kernel_compartment room set members = array_remove(room.members, old.id),
                 left_by = room.left_by || jsonb_build_object(old.id::text, old.account_id::text), version = room.version + 1
               where room.mechanism_id = old.mechanism_id and old.id = any(room.members);
           end if;
           if new.account_id is not null then
             update kernel_compartment room set members = room.members || new.id, left_by = room.left_by - new.id::text,
                 version = room.version + 1
               where room.mechanism_id = new.mechanism_id and room.left_by ->> new.id::text = new.account_id::text
                 and not new.id = any(room.members);
           end if;
         end if;
         return new;
       end $$""",
    "alter function gate.seat_changed() owner to sild_gate",
    "revoke execute on function gate.seat_changed() from public",
    "grant update (members, left_by, version) on kernel_compartment to sild_gate",
    "create policy gate_rooms on kernel_compartment for update to sild_gate using (true) with check (true)",
    "create trigger seat_changed before update on kernel_member for each row execute function gate.seat_changed()",
]

GATES = [
    """create or replace function gate.invitation(digest text) returns table (mechanism_slug text, mechanism_name text, member uuid,
         member_name text, organisation_name text, email text, recovers boolean, invitation uuid)
       language sql stable security definer set search_path = public, pg_temp
       as $$ select mechanism.slug::text, mechanism.name::text, member.id, member.name::text, organisation.name::text,
           invitation.email::text, invitation.recovers, invitation.id
         from kernel_invitation invitation
         join kernel_member member on member.id = invitation.member_id
         join kernel_mechanism mechanism on mechanism.id = member.mechanism_id and mechanism.owner_id = member.owner_id
         join kernel_organisation organisation on organisation.id = member.organisation_id
           and (invitation.owner_id = organisation.id or invitation.owner_id = mechanism.owner_id)
         where invitation.digest = $1 and invitation.used_at is null and not invitation.withdrawn and invitation.expires_at > sild_moment()
           and (invitation.confirmed_by is not null or not (invitation.needs_second or invitation.recovers or member.was_taken)) $$""",
    "drop function gate.token(text)",
    f"""create function gate.token(digest text) returns {ROW} {DEFINER}
      as $$ select seat.*, account.demo from kernel_apitoken token
        join kernel_member member on member.id = token.member_id and member.organisation_id = token.owner_id
        join kernel_account account on account.id = token.account_id and account.id = member.account_id and account.is_active
        join lateral gate.seats(account.id) seat on seat.person = member.id
        where token.digest = $1 and not token.withdrawn and token.expires_at > sild_moment()
          and (account.tokens_since is null or account.tokens_since < token.created_at)
          and (account.demo or exists (select from mfa_authenticator factor where factor.user_id = account.id and factor.type = 'totp')) $$""",
    "alter function gate.token(text) owner to sild_gate",
    "grant execute on function gate.token(text) to sild_app",
    "grant select (id, is_active, tokens_since, demo) on kernel_account to sild_gate",
    "grant select (user_id, type) on mfa_authenticator to sild_gate",
]


class Migration(migrations.Migration):

    dependencies = [
        ("kernel", "0008_roles_of_acts"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.AddField("member", "was_taken", models.BooleanField(default=False)),
        migrations.AddField("invitation", "needs_second", models.BooleanField(default=False)),
        migrations.AddField("invitation", "asked_by_account", models.UUIDField(null=True)),
        migrations.AddField("compartment", "left_by", models.JSONField(default=dict)),
        migrations.RunSQL([*KNOWN_SO_FAR], migrations.RunSQL.noop),
        migrations.RunSQL([*SEATS, *GATES], migrations.RunSQL.noop),
    ]
