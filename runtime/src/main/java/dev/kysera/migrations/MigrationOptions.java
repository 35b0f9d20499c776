package dev.kysera.migrations;

import static java.util.Objects.requireNonNull;

import dev.kysera.migrations.annotation.internal.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a runner works. Immutable and thread-safe.
 *
 * <pre>{@code
 * MigrationOptions.builder().dryRun(true).logger(System.out::println).build()
 * }</pre>
 */
public final class MigrationOptions {

  /** The name of the history table unless another one is given. */
  static final String DEFAULT_TABLE_NAME = "migrations";

  private static final MigrationOptions DEFAULTS = builder().build();

  private final boolean dryRun;
  private static final Duration REHEARSAL_LOCK_TIMEOUT = Duration.ofSeconds(1);

  private final @Nullable Consumer<String> logger;
  private final List<MigrationListener> listeners;
  private final @Nullable String schema;
  private final @Nullable String tableName;
  private final TransactionMode transactions;
  private final boolean outOfOrder;
  private final boolean failOnChanged;
  private final IrreversiblePolicy irreversible;
  private final Duration lockTimeout;
  private final Duration ddlLockTimeout;
  private final boolean ddlLockTimeoutIsSet;
  private final @Nullable Duration statementTimeout;

  private MigrationOptions(Builder builder) {
    this.dryRun = builder.dryRun;
    this.logger = builder.logger;
    this.listeners = List.copyOf(builder.listeners);
    this.schema = builder.schema;
    this.tableName = builder.tableName;
    this.transactions = builder.transactions;
    this.outOfOrder = builder.outOfOrder;
    this.failOnChanged = builder.failOnChanged;
    this.irreversible = builder.irreversible;
    this.lockTimeout = builder.lockTimeout;
    this.ddlLockTimeout = builder.ddlLockTimeout;
    this.ddlLockTimeoutIsSet = builder.ddlLockTimeoutIsSet;
    this.statementTimeout = builder.statementTimeout;
  }

  /**
   * Returns the default options.
   *
   * @return options
   */
  public static MigrationOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Returns a builder that holds the defaults.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns a builder that holds these options.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /**
   * Returns whether verbs only tell what they would do.
   *
   * @return false by default
   */
  public boolean dryRun() {
    return dryRun;
  }

  /**
   * Returns the receiver of the lines.
   *
   * @return the receiver, empty for SLF4J
   */
  public Optional<Consumer<String>> logger() {
    return Optional.ofNullable(logger);
  }

  /**
   * Returns the listeners in the order in which they are called.
   *
   * @return an immutable list
   */
  public List<MigrationListener> listeners() {
    return listeners;
  }

  /**
   * Returns the schema of the history.
   *
   * @return the schema; empty for the one where the name of the table resolves, else the
   *     connection's own
   */
  public Optional<String> schema() {
    return Optional.ofNullable(schema);
  }

  /**
   * Returns the name of the history table.
   *
   * @return {@code migrations} by default
   */
  public String tableName() {
    return tableName == null ? DEFAULT_TABLE_NAME : tableName;
  }

  /** These options, with that name of the history table where none was set. */
  MigrationOptions withTableNameUnlessSet(Optional<String> otherwise) {
    return tableName != null || otherwise.isEmpty()
        ? this
        : toBuilder().tableName(otherwise.get()).build();
  }

  /**
   * Returns how the migrations of a run are divided into transactions.
   *
   * @return {@link TransactionMode#PER_MIGRATION} by default
   */
  public TransactionMode transactions() {
    return transactions;
  }

  /**
   * Returns whether a pending migration may run below an executed one.
   *
   * @return false by default
   */
  public boolean outOfOrder() {
    return outOfOrder;
  }

  /**
   * Returns whether a migration that was edited after it was executed stops a run.
   *
   * @return false by default: it is warned of
   */
  public boolean failOnChanged() {
    return failOnChanged;
  }

  /**
   * Returns what a down verb does with a migration that has no way back.
   *
   * @return {@link IrreversiblePolicy#SKIP} by default
   */
  public IrreversiblePolicy irreversible() {
    return irreversible;
  }

  /**
   * Returns how long a run waits for another one.
   *
   * @return 5 minutes by default; zero fails at once
   */
  public Duration lockTimeout() {
    return lockTimeout;
  }

  /**
   * Returns how long a statement of a migration waits for a lock of the database, where the
   * database has such a setting.
   *
   * @return 10 seconds by default; zero leaves the database's own
   */
  public Duration ddlLockTimeout() {
    return ddlLockTimeout;
  }

  /**
   * Returns how long a statement of a migration may run.
   *
   * @return the limit, empty for none
   */
  public Optional<Duration> statementTimeout() {
    return Optional.ofNullable(statementTimeout);
  }

  /**
   * What is only tried must hold up nobody: it gives up a lock at once that is not free, unless
   * another limit was asked for.
   */
  MigrationOptions forRehearsal() {
    if (ddlLockTimeoutIsSet) {
      return this;
    }
    Builder shorter = toBuilder();
    shorter.ddlLockTimeout = REHEARSAL_LOCK_TIMEOUT;
    return shorter.build();
  }

  /** Collects options. Each setter checks its argument at once. Not thread-safe. */
  public static final class Builder {

    private boolean dryRun;
    private @Nullable Consumer<String> logger;
    private final List<MigrationListener> listeners = new ArrayList<>();
    private @Nullable String schema;
    private @Nullable String tableName;
    private TransactionMode transactions = TransactionMode.PER_MIGRATION;
    private boolean outOfOrder;
    private boolean failOnChanged;
    private IrreversiblePolicy irreversible = IrreversiblePolicy.SKIP;
    private Duration lockTimeout = Duration.ofMinutes(5);
    private Duration ddlLockTimeout = Duration.ofSeconds(10);
    private boolean ddlLockTimeoutIsSet;
    private @Nullable Duration statementTimeout;

    private Builder() {}

    private Builder(MigrationOptions options) {
      this.dryRun = options.dryRun;
      this.logger = options.logger;
      this.listeners.addAll(options.listeners);
      this.schema = options.schema;
      this.tableName = options.tableName;
      this.transactions = options.transactions;
      this.outOfOrder = options.outOfOrder;
      this.failOnChanged = options.failOnChanged;
      this.irreversible = options.irreversible;
      this.lockTimeout = options.lockTimeout;
      this.ddlLockTimeout = options.ddlLockTimeout;
      this.ddlLockTimeoutIsSet = options.ddlLockTimeoutIsSet;
      this.statementTimeout = options.statementTimeout;
    }

    /**
     * Sets whether verbs only tell what they would do. A dry run takes no lock and writes nothing,
     * not even a table.
     *
     * @param dryRun true for a dry run
     * @return this builder, for chaining
     */
    public Builder dryRun(boolean dryRun) {
      this.dryRun = dryRun;
      return this;
    }

    /**
     * Sets the receiver of the lines for people: every information and warning, one call for each
     * line. Without it they go to SLF4J, to the logger {@code dev.kysera.migrations}. A receiver
     * that throws does not stop a run. The line of a statement that runs longer than 30 seconds
     * comes from another thread than the others.
     *
     * @param logger the receiver; {@code line -> {}} for silence
     * @return this builder, for chaining
     */
    public Builder logger(Consumer<String> logger) {
      this.logger = requireNonNull(logger, "logger");
      return this;
    }

    /**
     * Adds a listener behind those added before.
     *
     * @param listener the listener
     * @return this builder, for chaining
     */
    public Builder listener(MigrationListener listener) {
      listeners.add(requireNonNull(listener, "listener"));
      return this;
    }

    /**
     * Sets the schema of the history. Always use the same one: with another schema the history
     * looks empty, and everything runs again.
     *
     * @param schema an existing schema, exactly as the database has it
     * @return this builder, for chaining
     * @throws IllegalArgumentException if it is blank or holds a NUL character
     */
    public Builder schema(String schema) {
      this.schema = requireIdentifier(schema, "schema");
      return this;
    }

    /**
     * Sets the name of the history table; the journal is named after it, with {@code _journal}
     * behind. It goes before {@link MigrationRegistry#tableName()}. Always use the same one: with
     * another table the history looks empty, and everything runs again.
     *
     * @param tableName one identifier. {@code migrations} is folded as the database folds; any
     *     other is quoted whole, so that {@code a.b} is a table of that odd name and not one of
     *     schema {@code a}.
     * @return this builder, for chaining
     * @throws IllegalArgumentException if it is blank or holds a NUL character
     */
    public Builder tableName(String tableName) {
      this.tableName = requireIdentifier(tableName, "tableName");
      return this;
    }

    /**
     * Sets how the migrations of a run are divided into transactions.
     *
     * @param transactions the mode
     * @return this builder, for chaining
     */
    public Builder transactions(TransactionMode transactions) {
      this.transactions = requireNonNull(transactions, "transactions");
      return this;
    }

    /**
     * Sets whether a pending migration may run although one with a higher number is executed, as
     * happens when branches are merged.
     *
     * @param outOfOrder true to run it; false to stop before anything runs. One that was executed
     *     here before, and undone, runs again in any case.
     * @return this builder, for chaining
     */
    public Builder outOfOrder(boolean outOfOrder) {
      this.outOfOrder = outOfOrder;
      return this;
    }

    /**
     * Sets whether a migration that was edited after it was executed stops {@code up}, {@code
     * upTo}, {@code check} and {@code awaitCurrent}, before anything is touched. Otherwise each is
     * warned of, since a renamed local variable must not stop production.
     *
     * @param failOnChanged true to stop, by an {@link InconsistentHistoryException}
     * @return this builder, for chaining
     */
    public Builder failOnChanged(boolean failOnChanged) {
      this.failOnChanged = failOnChanged;
      return this;
    }

    /**
     * Sets what a down verb does with a migration that has no way back or is not in the code.
     *
     * @param irreversible the policy
     * @return this builder, for chaining
     */
    public Builder irreversible(IrreversiblePolicy irreversible) {
      this.irreversible = requireNonNull(irreversible, "irreversible");
      return this;
    }

    /**
     * Sets how long a run waits for another one before it fails.
     *
     * @param lockTimeout the limit; zero to fail at once
     * @return this builder, for chaining
     * @throws IllegalArgumentException if it is negative
     */
    public Builder lockTimeout(Duration lockTimeout) {
      this.lockTimeout = requireNotNegative(lockTimeout, "lockTimeout");
      return this;
    }

    /**
     * Sets how long a statement of a migration waits for a lock of the database: PostgreSQL, MySQL,
     * MariaDB (in whole seconds) and H2 have such a setting. Where everything is rolled back after
     * it, the migration is made again, up to three times, as after a deadlock or a serialization
     * failure, as long as {@code lockTimeout} lasts. On PostgreSQL a migration outside a
     * transaction waits without this limit, because a concurrent build of an index that gives up
     * leaves an invalid one. A rehearsal waits for one second only, unless this is set.
     *
     * @param ddlLockTimeout the limit; zero to leave the database's own
     * @return this builder, for chaining
     * @throws IllegalArgumentException if it is negative
     */
    public Builder ddlLockTimeout(Duration ddlLockTimeout) {
      this.ddlLockTimeout = requireNotNegative(ddlLockTimeout, "ddlLockTimeout");
      this.ddlLockTimeoutIsSet = true;
      return this;
    }

    /**
     * Sets how long a statement of a migration may run. On PostgreSQL, MariaDB and H2 the database
     * ends it, whoever sends it; elsewhere the driver does, if it was sent by JDBI.
     *
     * @param statementTimeout the limit, at least a second
     * @return this builder, for chaining
     * @throws IllegalArgumentException if it is shorter than a second
     */
    public Builder statementTimeout(Duration statementTimeout) {
      requireNonNull(statementTimeout, "statementTimeout");
      if (statementTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
        throw new IllegalArgumentException(
            "statementTimeout must be at least a second; found %s. Leave it out for no limit."
                .formatted(statementTimeout));
      }
      this.statementTimeout = statementTimeout;
      return this;
    }

    /**
     * Returns the options.
     *
     * @return immutable options
     */
    public MigrationOptions build() {
      return new MigrationOptions(this);
    }

    static String requireIdentifier(String identifier, String option) {
      requireNonNull(identifier, option);
      if (identifier.isBlank() || identifier.indexOf('\0') >= 0) {
        throw new IllegalArgumentException(
            "%s must be an identifier, not blank and without a NUL character; found %s."
                .formatted(option, Printable.quoted(identifier)));
      }
      return identifier;
    }

    private static Duration requireNotNegative(Duration duration, String option) {
      requireNonNull(duration, option);
      if (duration.isNegative()) {
        throw new IllegalArgumentException(
            "%s must not be negative; found %s.".formatted(option, duration));
      }
      return duration;
    }
  }
}
