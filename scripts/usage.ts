/** One screen of help. */
export const usage = `Trunkline answers the telephone.

  ./trunkline up [--detach] [--port-offset N] [--listen ADDRESS]
      starts redis, livekit-server, livekit-sip, the stand-ins and the services,
      and prints how to call. Ctrl-C or "down" ends all of it and nothing else.
      A part whose address is set in .env is used instead of started:
      RIVA_URI, LLM_SERVICE_URL, REDIS_URL, DATABASE_URL, LIVEKIT_URL.
        --detach            go on in the background
        --port-offset N     add N to every port (a second stack beside the first)
        --listen ADDRESS    let a softphone on the LAN call; default 127.0.0.1
  ./trunkline down                      ends the stack
  ./trunkline status [--json | --env]   what runs, and how to call it; --env gives a shell the
                                        orchestrator's address and the operator's token
  ./trunkline logs [NAME] [-f] [-n N]   last lines of one part's log, or of all

  ./trunkline call [--say TEXT]... [--play FILE.wav] [--dtmf 12#] [--record OUT.wav]
                   [--interrupt "TEXT"@SECONDS] [--room] [--mic] [--json]
      rings the line from the terminal; "call --help" says more

  ./trunkline audit verify [--head SEQ:HASH]
      checks that no row of the audit was changed, removed or inserted, and prints its head;
      a head noted down earlier proves that nothing before it was written anew
  ./trunkline audit receipt FILE [--key FILE]
      checks the receipt of an erasure; the running stack is asked for the key otherwise

  ./trunkline test [unit|service|e2e] [FILE]... [-t NAME]
  ./trunkline check                     types, lint, unused code, unit tests
  ./trunkline bench NAME [OPTION]...    for example: bench call -n 20
  ./trunkline clean                     removes what stacks left in .run
  ./trunkline help

up, down, status, logs, call, audit, bench and clean take --port-offset N for a stack on other ports.
`
