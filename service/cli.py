"""The command line. Everything heavy is imported inside the command that needs it, so that help comes at once."""

import os
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer
from typer.exceptions import Abort, TyperException

from phrases.errors import InputError
from service.access.scopes import Scope
from service.choices import LEVELS, TRACKS, LevelName, TrackName

app = typer.Typer(
    name="ordbro",
    help="""Ordbro: från ICF och KSI till vanlig svenska, och från anteckning till KSI-kod.

    \b
    Exempel:
      ordbro phrase examples/hemtjanst.json --level plain
      ordbro suggest --file examples/anteckning.txt
      ordbro serve
    """,
    epilog="Hjälp om ett kommando: ordbro KOMMANDO --help",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    # A pretty traceback shows local variables, and they may hold a note.
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
codes = typer.Typer(
    help="""Slå upp KSI- och ICF-koder.

    \b
    Exempel:
      ordbro codes search dusch
      ordbro codes show SOG.RB.ZZ
    """,
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(codes, name="codes")
feedback = typer.Typer(
    help="""Se vad som valdes bland förslagen.

    Återkopplingen kommer från POST /ordbro/v1/feedback: koder, platser, sannolikheter och versioner, aldrig text. Den
    sparas i en fil i datakatalogen, eller i databasen som ORDBRO_FEEDBACK_URL anger.

    \b
    Exempel:
      ordbro feedback report
      ordbro feedback report --since 2026-11-01 --json
      ordbro feedback export > aterkoppling.jsonl
    """,
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(feedback, name="feedback")
keys = typer.Typer(
    help="""Gör, visa och spärra nycklar till API:et.

    Nycklarna finns i den fil som ORDBRO_KEYS_FILE eller --file anger, bara som kontrollsummor.

    \b
    Exempel:
      ordbro keys create "Journalsystemet" --scope phrases --scope suggestions
      ordbro keys list
      ordbro keys revoke 3f9a1c2e
    """,
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(keys, name="keys")

Jsonl = Annotated[bool, typer.Option("--jsonl", help="Ett JSON-objekt per rad in, ett per rad ut; id följer med.")]
AsJson = Annotated[bool, typer.Option("--json", help="Svara med JSON.")]
Since = Annotated[str | None, typer.Option(metavar="DAG", help="Bara från och med den dagen, t.ex. 2026-11-01.")]
Selection = Annotated[str | None, typer.Option(metavar="URVAL", help="Urval som koderna ska finnas i, t.ex. ÄOU.")]


KeysFile = Annotated[
    Path | None, typer.Option("--file", metavar="FIL", help="Nyckelfilen.  [förval: ORDBRO_KEYS_FILE]")
]


def main() -> None:
    """Run the command line. Bad input ends with one sentence that names the field, and status 1; a call that is no
    command's, with status 2.
    """
    try:
        status = app(prog_name="ordbro", standalone_mode=False)
        sys.exit(status or 0)
    except Abort:
        sys.exit(1)
    except TyperException as fault:
        from service import usage

        typer.echo(usage.told(fault), err=True)
        sys.exit(2)
    except InputError as fault:
        typer.echo(f"ordbro: {fault.field + ': ' if fault.field else ''}{fault.text}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # The reader has left (`ordbro ... | head`); what Python flushes on its way out must not fail too.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        if os.environ.get("ORDBRO_DEBUG"):
            raise
        from service.logs import place

        # No message and no traceback: both may hold a note.
        typer.echo(f"ordbro: internt fel ({type(error).__name__} i {place(error.__traceback__)})", err=True)
        sys.exit(70)


def _version(wanted: bool) -> None:
    if wanted:
        from service.release import __version__

        typer.echo(f"Ordbro {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Visa versionen.")
    ] = False,
) -> None:
    pass


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Adress att lyssna på.  [förval: 127.0.0.1]")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port att lyssna på.  [förval: 8000]")] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="Processer som svarar, t.ex. en per processorkärna.  [förval: 1]")
    ] = None,
    config: Annotated[Path | None, typer.Option(metavar="FIL", help="En fil med inställningar (TOML).")] = None,
) -> None:
    """Starta webbsidorna och API:et.

    Skriver ut adressen och ett exempel på ett anrop. Avsluta med Ctrl+C.

    \b
    Exempel:
      ordbro serve
      ordbro serve --port 9000
      ordbro serve --workers 2 --config /etc/ordbro.toml
    """
    from service.server import run

    run(host=host, port=port, workers=workers, config=config)


@app.command()
def phrase(
    file: Annotated[str, typer.Argument(metavar="FIL|-", help="En JSON-fil, eller - för standard in.")] = "-",
    level: Annotated[
        LevelName | None,
        typer.Option(help=f"Hur texten ska låta: {LEVELS}.  [förval: journal]"),
    ] = None,
    track: Annotated[
        TrackName | None,
        typer.Option(help=f"Hur en text delas in: {TRACKS}."),
    ] = None,
    jsonl: Jsonl = False,
    as_json: AsJson = False,
) -> None:
    """Gör uppgifter i ICF och KSI till svensk text.

    FIL är en uppgift, en lista med uppgifter, eller ett helt ärende {"person": ..., "entries": [...]}. Med --level
    gäller den nivån; med --jsonl gäller den för rader som inte anger någon egen.

    \b
    Exempel:
      ordbro phrase examples/hemtjanst.json
      ordbro phrase examples/hemtjanst.json --level easy
      echo '{"type":"functioning","icf":"d6402.2","source":"caseworker"}' | ordbro phrase
    """
    from service.commands import phrase as command

    if jsonl:
        _end(command.lines(file, level, track))
    command.file(file, level, track, as_json=as_json)


@app.command(short_help="Visa färdiga svar för en planerad aktivitet.")
def options(
    code: Annotated[str, typer.Argument(metavar="KOD", help="KSI-kod med inriktning och agerande, t.ex. SMB.RB.ZZ.")],
    level: Annotated[LevelName, typer.Option(help=f"Hur svaren ska låta: {LEVELS}.")] = "easy",
    name: Annotated[str | None, typer.Option(metavar="NAMN", help="Vem det gäller.  [förval: NN]")] = None,
    pronoun: Annotated[Literal["hen", "hon", "han"], typer.Option(help="Personens pronomen.")] = "hen",
    as_json: AsJson = False,
) -> None:
    """Visa färdiga svar för en planerad aktivitet, ett för varje utfall.

    \b
    Exempel:
      ordbro options SMB.RB.ZZ
      ordbro options SOG.RA --level plain --json
    """
    from service.commands import options as command

    command.show(code, level, name, pronoun, as_json=as_json)


@app.command()
def suggest(
    text: Annotated[
        str | None,
        typer.Argument(
            metavar="TEXT|-",
            help="Anteckningen, eller - för standard in. Text på kommandoraden syns i skalets historik: "
            "läs verkliga anteckningar från fil eller standard in.",
        ),
    ] = None,
    file: Annotated[str | None, typer.Option(metavar="FIL", help="Läs anteckningen ur en fil.")] = None,
    selection: Selection = None,
    top: Annotated[int, typer.Option(min=1, max=50, help="Högst så många förslag.")] = 8,
    jsonl: Jsonl = False,
    as_json: AsJson = False,
) -> None:
    """Föreslå KSI-koder för det som står i en anteckning.

    Varje förslag har status, hur säkert det är, och orden som talar för det. En människa bekräftar koden.

    \b
    Exempel:
      ordbro suggest "Hjälpte NN att duscha." --selection ÄOU
      ordbro suggest --file examples/anteckning.txt
      ordbro suggest --jsonl < examples/anteckningar.jsonl
    """
    from service.commands import suggest as command

    given = None if text == "-" else text
    if given is not None and (file is not None or jsonl):
        raise typer.BadParameter("Ange antingen TEXT eller --file; med --jsonl läses rader från fil eller standard in.")
    if jsonl:
        _end(command.lines(file or "-", selection, top))
    command.note(given, file or "-", selection, top, as_json=as_json)


@app.command("map")
def map_names(
    file: Annotated[
        Path | None, typer.Argument(metavar="FIL", help="Kommunens lista över insatser: xlsx eller csv.")
    ] = None,
    read: Annotated[
        Path | None, typer.Option(metavar="FIL", help="Läs tillbaka ett granskat blad till lokala namn.")
    ] = None,
    column: Annotated[
        str | None, typer.Option(metavar="KOLUMN", help="Kolumnen med namn: rubrik, bokstav eller nummer.")
    ] = None,
    sheet: Annotated[str | None, typer.Option(metavar="BLAD", help="Bladet i Excelfilen.")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FIL", help="Var granskningsbladet läggs.  [förval: FIL-granska.xlsx]")
    ] = None,
    selection: Selection = None,
) -> None:
    """Föreslå KSI-koder för kommunens egna namn på insatser.

    Skriver ett granskningsblad (xlsx) med de tre bästa förslagen för varje namn och en tom kolumn för beslutet. Med
    --read läses det granskade bladet tillbaka: riktiga beslut blir lokala namn, som sökningen känner igen.

    \b
    Exempel:
      ordbro map insatser.xlsx
      ordbro map insatser.csv --column Benämning --selection ÄOU
      ordbro map --read insatser-granska.xlsx
    """
    from service.commands import service_names as command

    if (file is None) == (read is None):
        raise typer.BadParameter("Ange antingen FIL (en lista) eller --read FIL (ett granskat blad).")
    if read is not None:
        _end(command.read(read))
    if file is not None:
        command.propose(file, out, column, sheet, selection)


@codes.command("search")
def codes_search(
    words: Annotated[list[str], typer.Argument(metavar="ORD...", help="Ord, början av ord, eller en kod.")],
    system: Annotated[Literal["ksi", "icf"] | None, typer.Option(help="Bara det ena kodsystemet.")] = None,
    selection: Selection = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="Högst så många träffar.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Sök bland koder, officiella termer och vardagsord.

    \b
    Exempel:
      ordbro codes search dusch
      ordbro codes search städa bost --selection ÄOU
    """
    from service.commands import codes as command

    _end(command.search(" ".join(words), system, selection, limit, as_json=as_json))


@codes.command("show")
def codes_show(
    code: Annotated[str, typer.Argument(metavar="KOD", help="KSI- eller ICF-kod i vilket skrivsätt som helst.")],
    as_json: AsJson = False,
) -> None:
    """Visa vad en kod betyder och vad den hänger ihop med.

    \b
    Exempel:
      ordbro codes show SOG.RB.ZZ
      ordbro codes show sog
      ordbro codes show d6402
    """
    from service.commands import codes as command

    command.show(code, as_json=as_json)


@keys.command("create")
def keys_create(
    name: Annotated[str, typer.Argument(metavar="NAMN", help="Vem nyckeln är till, t.ex. ett verksamhetssystem.")],
    scope: Annotated[list[Scope], typer.Option(help="Vad nyckeln ger; kan anges flera gånger.")],
    profile: Annotated[str, typer.Option(metavar="PROFIL", help="Lokal profil som nyckeln hör till.")] = "standard",
    selection: Annotated[
        str | None,
        typer.Option(metavar="URVAL", help="Profilens urval, som gäller när ett anrop inte anger något, t.ex. ÄOU."),
    ] = None,
    file: KeysFile = None,
) -> None:
    """Gör en nyckel. Den skrivs ut en enda gång, ensam på standard ut.

    \b
    Exempel:
      ordbro keys create "Journalsystemet" --scope phrases --scope suggestions --file nycklar.json
      ordbro keys create "Hemtjänsten" --scope suggestions --profile hemtjänst --selection ÄOU
      ordbro keys create "Övervakning" --scope admin
    """
    from service.commands import keys as command

    command.create(name, scope, profile, selection, file)


@keys.command("list")
def keys_list(file: KeysFile = None, as_json: AsJson = False) -> None:
    """Visa nycklarna: nummer, namn, behörigheter och profil, aldrig nyckeln själv.

    \b
    Exempel:
      ordbro keys list
    """
    from service.commands import keys as command

    command.list_keys(file, as_json=as_json)


@keys.command("revoke")
def keys_revoke(
    id_: Annotated[str, typer.Argument(metavar="NUMMER", help="Nyckelns nummer, som det står i ordbro keys list.")],
    file: KeysFile = None,
) -> None:
    """Spärra en nyckel. Det gäller från nästa anrop, utan omstart.

    \b
    Exempel:
      ordbro keys revoke 3f9a1c2e
    """
    from service.commands import keys as command

    command.revoke(id_, file)


@app.command("import")
def import_files(
    files: Annotated[
        list[Path], typer.Argument(metavar="FIL...", help="KSI- och ICF-filer från Socialstyrelsen (xlsx, tsv).")
    ],
    everything: Annotated[bool, typer.Option("--all", help="Visa alla anmärkningar.")] = False,
) -> None:
    """Läs in officiella KSI- och ICF-filer.

    Beskrivningarna läggs i din egen datakatalog, så att ordbro codes show kan visa dem. Avvikelser från katalogen
    redovisas.

    \b
    Exempel:
      ordbro import ksi-2025.xlsx icf-2025.xlsx
    """
    from service.commands import importing as command

    command.run(files, everything=everything)


@app.command(short_help="Granska frasbanken, eller en text.")
def check(
    text: Annotated[
        str | None, typer.Option(metavar="FIL|-", help="Granska en text i stället: är den klarspråk?")
    ] = None,
    level: Annotated[Literal["plain", "easy"], typer.Option(help="Nivån som texten ska hålla.")] = "plain",
    words: Annotated[
        Path | None, typer.Option(metavar="FIL", help="En Kelly-lista (JSON), för att också granska ordens nivå.")
    ] = None,
) -> None:
    """Granska frasbanken: att alla koder kan skrivas och att filerna följer skrivreglerna. Eller granska en text.

    \b
    Exempel:
      ordbro check
      ordbro check --text brev.txt
      ordbro check --text brev.txt --level easy --words kelly.json
    """
    if text is not None:
        from service.commands import plain_language

        _end(plain_language.run(text, level, words))
    from service.commands import check as command

    _end(command.run())


@app.command()
def evaluate(
    file: Annotated[
        str, typer.Argument(metavar="FIL|-", help="Märkta anteckningar, ett JSON-objekt per rad (id, text, gold).")
    ],
    targets: Annotated[bool, typer.Option("--targets", help="Visa också varje inriktning för sig.")] = False,
    noise: Annotated[bool, typer.Option("--noise", help="Visa också hur mycket felskrivningar stör.")] = False,
) -> None:
    """Räkna ut hur bra förslagen är på märkta anteckningar, som JSON.

    \b
    Exempel:
      ordbro evaluate anteckningar.jsonl
      ordbro evaluate anteckningar.jsonl --targets --noise
    """
    from service.commands import evaluate as command

    command.run(file, targets=targets, noise=noise)


@app.command(short_help="Mät fart, starttid och minne.")
def benchmark(
    notes: Annotated[
        str | None, typer.Option(metavar="FIL", help="Märkta anteckningar för träffsäkerhet, en per rad.")
    ] = None,
    http: Annotated[bool, typer.Option("--http", help="Mät API:et i stället, och vad det gör vid överlast.")] = False,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Med --http: processer som svarar.")] = 2,
    url: Annotated[
        str | None, typer.Option(metavar="ADRESS", help="Med --http: en tjänst som redan går på den egna datorn.")
    ] = None,
    soak: Annotated[
        int, typer.Option(min=0, max=1_000_000, metavar="ANTAL", help="Med --http: följ minnet under så många anrop.")
    ] = 0,
) -> None:
    """Mät fart, starttid och minne, med jämförelser i samma körning, som JSON.

    Med --http startas tjänsten på en ledig port och får så många anrop den hinner med, och sedan tre gånger så många.

    \b
    Exempel:
      ordbro benchmark
      ordbro benchmark --notes anteckningar.jsonl
      ordbro benchmark --http --workers 2 --soak 100000
    """
    if http:
        from service.commands import load

        load.run(url, workers, soak)
        return
    from service.commands import benchmark as command

    command.run(notes)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def test(context: typer.Context) -> None:
    """Kör alla kontroller: stil, typer, importer och tester. Tillägg går till pytest.

    \b
    Exempel:
      ordbro test
      ordbro test -k codes
    """
    from service.commands import selftest as command

    raise typer.Exit(command.run(context.args))


@app.command(short_help="Skriv ut vad Ordbro består av (CycloneDX).")
def sbom() -> None:
    """Skriv ut vad Ordbro består av, ur låsfilen, som CycloneDX (JSON).

    \b
    Exempel:
      ordbro sbom > ordbro.cdx.json
    """
    from service.commands import supply_chain as command

    command.sbom()


@app.command()
def audit() -> None:
    """Slå upp kända sårbarheter i de låsta paketen. Behöver nätet.

    Avslutas med status 0 om inga är kända, 1 om det finns någon och 2 om något paket inte kunde slås upp.

    \b
    Exempel:
      ordbro audit
    """
    from service.commands import supply_chain as command

    raise typer.Exit(command.audit())


@feedback.command("report")
def feedback_report(
    since: Since = None,
    everything: Annotated[bool, typer.Option("--all", help="Visa alla inriktningar och ageranden.")] = False,
    as_json: AsJson = False,
) -> None:
    """Visa hur ofta förslagen valdes, per inriktning, agerande och modell, och var de valda koderna stod.

    \b
    Exempel:
      ordbro feedback report
      ordbro feedback report --since 2026-11-01 --json
    """
    from service.commands import feedback as command

    command.report(since, as_json=as_json, everything=everything)


@feedback.command("export")
def feedback_export(since: Since = None) -> None:
    """Skriv ut all återkoppling, ett JSON-objekt per rad: koder, platser, sannolikheter och versioner.

    \b
    Exempel:
      ordbro feedback export > aterkoppling.jsonl
    """
    from service.commands import feedback as command

    command.export(since)


@feedback.command("migrate")
def feedback_migrate() -> None:
    """Skapa tabellerna för återkoppling, eller uppgradera dem till den här versionen.

    Behövs för PostgreSQL, vid installation och vid uppgradering. En SQLite-fil får sina tabeller av sig själv.

    \b
    Exempel:
      ORDBRO_FEEDBACK_URL=postgresql://ordbro@db.example/ordbro ordbro feedback migrate
    """
    from service.commands import feedback as command

    command.migrate()


def _end(good: bool) -> None:
    """Leave with status 0 or 1."""
    raise typer.Exit(0 if good else 1)
