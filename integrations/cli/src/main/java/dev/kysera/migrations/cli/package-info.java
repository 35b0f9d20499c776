/** A command line for the migrations in an application's own jar. */
package dev.kysera.migrations.cli;
