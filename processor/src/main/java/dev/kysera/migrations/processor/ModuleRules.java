package dev.kysera.migrations.processor;

import dev.kysera.migrations.annotation.internal.NameRules;
import dev.kysera.migrations.annotation.internal.NameRules.NamedMigration;
import dev.kysera.migrations.processor.ModuleDeclaration.Partner;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.lang.model.element.AnnotationValue;
import org.jspecify.annotations.Nullable;

/** The rules about modules. Each is a line in the Javadoc of {@code @MigrationModule}. */
final class ModuleRules {

  /** PostgreSQL's 63 bytes for a name, less {@code _journal}. */
  private static final int MAX_TABLE_NAME_BYTES = 55;

  private final Placement placement;
  private final SharedHistories histories;
  private final ValidationReport report;

  ModuleRules(Placement placement, SharedHistories histories, ValidationReport report) {
    this.placement = placement;
    this.histories = histories;
    this.report = report;
  }

  void check(List<MigrationDeclaration> declarations) {
    for (ModuleDeclaration module : histories.modules()) {
      tableNameIsValid(module);
      module.partners().forEach(partner -> partnerIsAnotherModule(module, partner));
      List<SharedHistory> shared = histories.sharedWith(module);
      shared.forEach(other -> tablesAreTheSame(module, other));
      numbersAreUnique(placement.membersOf(module.packageName(), declarations), shared);
    }
  }

  private void tableNameIsValid(ModuleDeclaration module) {
    String name = module.tableName();
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (module.tableNameValue() != null
        && (name.isBlank() || name.indexOf('\0') >= 0 || bytes > MAX_TABLE_NAME_BYTES)) {
      add(module, module.tableNameValue(), Problems.tableName(name, MAX_TABLE_NAME_BYTES, bytes));
    }
  }

  /** A class that the compiler does not tell is left to the compiler. */
  private void partnerIsAnotherModule(ModuleDeclaration module, Partner partner) {
    boolean itself = partner.className().equals(module.migrations());
    if (itself
        || (!partner.className().isEmpty()
            && histories.find(module, partner.className()).isEmpty())) {
      add(module, partner.value(), Problems.noPartner(module, partner.className(), itself));
    }
  }

  /** Told where the other is named, else on the package as a whole. */
  private void tablesAreTheSame(ModuleDeclaration module, SharedHistory other) {
    if (!module.tableName().equals(other.tableName())) {
      AnnotationValue named =
          module.partners().stream()
              .filter(p -> p.className().equals(other.migrations().canonicalName()))
              .findFirst()
              .map(Partner::value)
              .orElse(null);
      add(module, named, Problems.otherTable(module, other));
    }
  }

  private void numbersAreUnique(List<MigrationDeclaration> members, List<SharedHistory> shared) {
    NameRules.checkShared(
            members.stream().map(d -> new NamedMigration(d.name(), d.className())).toList(),
            shared.stream().flatMap(other -> other.names().stream()).toList())
        .forEach(
            (position, message) -> {
              MigrationDeclaration declaration = members.get(position);
              report.add(Finding.atValue(declaration, declaration.nameValue(), message));
            });
  }

  private void add(ModuleDeclaration module, @Nullable AnnotationValue value, String message) {
    report.add(
        new Finding(
            "package " + module.packageName(),
            message,
            module.element(),
            value == null ? null : module.annotation(),
            value));
  }
}
