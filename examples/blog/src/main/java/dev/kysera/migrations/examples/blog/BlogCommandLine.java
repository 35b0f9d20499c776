package dev.kysera.migrations.examples.blog;

import dev.kysera.migrations.cli.MigrationsCli;

/** The command line of the blog's migrations. */
public final class BlogCommandLine {

  private BlogCommandLine() {}

  public static void main(String[] args) {
    MigrationsCli.main(args, Migrations::runner);
  }
}
