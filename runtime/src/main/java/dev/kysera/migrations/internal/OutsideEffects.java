package dev.kysera.migrations.internal;

import dev.kysera.migrations.internal.sql.SqlStatement;
import dev.kysera.migrations.internal.sql.SqlStatements;
import dev.kysera.migrations.internal.sql.SqlSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What statements do that no rollback takes back, as far as their words tell. */
final class OutsideEffects {

  private static final String SEQUENCE =
      "moves a sequence (%s), which a rollback does not move back";
  private static final String SESSION_LOCK =
      "takes a lock of the session (%s), which a rollback does not release";
  private static final String FILES = "writes a file of the server (%s), which stays";
  private static final String ELSEWHERE =
      "works on another connection of the server (%s), which is not rolled back";
  private static final String SERVER = "acts on the server itself (%s), which is not rolled back";

  private static final Map<String, String> FUNCTIONS =
      Map.ofEntries(
          Map.entry("SETVAL", SEQUENCE),
          Map.entry("NEXTVAL", SEQUENCE),
          Map.entry("PG_ADVISORY_LOCK", SESSION_LOCK),
          Map.entry("PG_ADVISORY_LOCK_SHARED", SESSION_LOCK),
          Map.entry("PG_TRY_ADVISORY_LOCK", SESSION_LOCK),
          Map.entry("PG_TRY_ADVISORY_LOCK_SHARED", SESSION_LOCK),
          Map.entry("LO_EXPORT", FILES),
          Map.entry("WRITEFILE", FILES),
          Map.entry("PG_TERMINATE_BACKEND", SERVER),
          Map.entry("PG_CANCEL_BACKEND", SERVER),
          Map.entry("PG_RELOAD_CONF", SERVER),
          Map.entry("PG_SWITCH_WAL", SERVER),
          Map.entry("PG_ROTATE_LOGFILE", SERVER));

  private static final Set<String> NOT_OUTSIDE = Set.of("STDOUT", "STDIN");

  private OutsideEffects() {}

  /** Returns each effect once, as "it" is told of. */
  static List<String> of(String sql, SqlSyntax syntax) {
    List<String> effects = new ArrayList<>();
    for (SqlStatement statement : SqlStatements.split(sql, syntax)) {
      List<String> words = statement.words();
      if (!words.isEmpty() && words.get(0).equals("CREATE")) {
        continue; // a function or a default may name them, and runs later
      }
      for (int i = 0; i < words.size(); i++) {
        String effect = effect(words, i);
        if (!effect.isEmpty() && !effects.contains(effect)) {
          effects.add(effect);
        }
      }
    }
    return effects;
  }

  private static String effect(List<String> words, int position) {
    String word = words.get(position);
    String next = position + 1 < words.size() ? words.get(position + 1) : "";
    if (next.equals("(")) {
      String function = word.toLowerCase(Locale.ROOT);
      String effect = word.startsWith("DBLINK") ? ELSEWHERE : FUNCTIONS.get(word);
      return effect == null ? "" : effect.formatted(function);
    }
    boolean copies = words.get(0).equals("COPY") && (word.equals("TO") || word.equals("FROM"));
    if (copies && next.equals("PROGRAM")) {
      return SERVER.formatted("copy ... program");
    }
    return copies && word.equals("TO") && next.startsWith("'") && !NOT_OUTSIDE.contains(next)
        ? FILES.formatted("copy ... to")
        : "";
  }
}
