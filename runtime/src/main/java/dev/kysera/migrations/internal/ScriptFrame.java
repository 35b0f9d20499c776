package dev.kysera.migrations.internal;

import java.util.List;

/**
 * What stands around the statements of a script, so that a client of the database stops at the
 * first error and, where the database can, nothing of the script stays then.
 *
 * @param head commands of the database's own client, a line each
 * @param begin what begins a transaction that is alone; none where DDL commits anyway
 * @param commit what ends it
 */
record ScriptFrame(List<String> head, List<String> begin, List<String> commit) {

  static final ScriptFrame NONE = new ScriptFrame(List.of(), List.of(), List.of());
}
