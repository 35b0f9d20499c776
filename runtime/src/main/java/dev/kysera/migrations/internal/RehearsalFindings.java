package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationOutcome;
import dev.kysera.migrations.MigrationRehearsal;
import dev.kysera.migrations.RehearsedStatement;
import dev.kysera.migrations.RiskNote;
import dev.kysera.migrations.internal.recording.Recorded;
import dev.kysera.migrations.internal.recording.Recorder;
import dev.kysera.migrations.internal.risk.RiskReview;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** From what was recorded to what is told. */
final class RehearsalFindings {

  private final Recorder recorder;
  private final Registry registry;
  private final Dialect dialect;
  private final RiskReview review;
  private final List<String> remarks = new ArrayList<>();

  RehearsalFindings(Recorder recorder, Registry registry, Dialect dialect, RiskReview review) {
    this.recorder = recorder;
    this.registry = registry;
    this.dialect = dialect;
    this.review = review;
  }

  void remark(String sentence) {
    remarks.add(sentence);
  }

  /** The statements that a migration has sent so far. */
  List<Recorded> of(String migration) {
    return recorder.statements().stream()
        .filter(statement -> statement.migration().equals(migration))
        .toList();
  }

  /** The statement with which a migration has failed, if its last one has. */
  Optional<String> failedStatement(String migration) {
    List<Recorded> sent = of(migration);
    return sent.isEmpty() || sent.get(sent.size() - 1).sent().failure().isEmpty()
        ? Optional.empty()
        : Optional.of(sent.get(sent.size() - 1).sent().sql());
  }

  /**
   * Tells all of it.
   *
   * @param rolledBack whether the migrations were rolled back, so that what is outside matters
   */
  MigrationRehearsal tell(List<MigrationOutcome> outcomes, String script, boolean rolledBack) {
    List<RehearsedStatement> statements = new ArrayList<>();
    List<RiskNote> risks = new ArrayList<>();
    Set<String> said = new LinkedHashSet<>(remarks);
    for (Recorded recorded : recorder.statements()) {
      String migration = recorded.migration();
      String sql = recorded.sent().sql();
      statements.add(rehearsed(recorded));
      risks.addAll(review.notes(migration, isTransactional(migration), sql));
      if (rolledBack) {
        OutsideEffects.of(sql, dialect.syntax())
            .forEach(effect -> said.add(RehearsalTexts.outside(migration, effect + ".")));
      }
    }
    recorder.remarks().forEach(remark -> said.add(remark + "."));
    if (rolledBack && !outcomes.isEmpty()) {
      said.add(RehearsalTexts.CODE_HAS_RUN);
    }
    return new MigrationRehearsal(outcomes, statements, risks, List.copyOf(said), script);
  }

  boolean isTransactional(String migration) {
    return registry.find(migration).orElseThrow().transactional();
  }

  private static RehearsedStatement rehearsed(Recorded recorded) {
    return new RehearsedStatement(
        recorded.migration(),
        recorded.sent().sql(),
        recorded.sent().parameters(),
        recorded.sent().duration(),
        recorded.rows() < 0 ? OptionalLong.empty() : OptionalLong.of(recorded.rows()),
        recorded.locks(),
        recorded.sent().failure());
  }
}
