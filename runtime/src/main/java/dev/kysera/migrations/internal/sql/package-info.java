/** SQL as text: its tokens, its statements, and values written into it. No parser, no grammar. */
package dev.kysera.migrations.internal.sql;
