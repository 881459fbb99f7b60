# SPDX-License-Identifier: GPL-2.0-or-later
# The migrations as bytes in the program: no files to install, none to lose.
#
# Included, it gives sql_embed(target); run by `cmake -P` at build time, it writes the C source. Bytes by HEX, because
# quotes, semicolons and UTF-8 survive it and no string literal limit applies.
if(NOT CMAKE_SCRIPT_MODE_FILE)
  function(sql_embed target)
    file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/sql/migrations/*)
    set(source ${CMAKE_CURRENT_BINARY_DIR}/store_migrations.c)
    add_custom_command(
      OUTPUT ${source}
      COMMAND ${CMAKE_COMMAND} -DFOLDER=${CMAKE_CURRENT_SOURCE_DIR}/sql/migrations -DSOURCE=${source}
              -DVERSION=${PROJECT_VERSION} -P ${CMAKE_CURRENT_SOURCE_DIR}/sql/embed.cmake
      DEPENDS ${files} ${CMAKE_CURRENT_SOURCE_DIR}/sql/embed.cmake
      COMMENT "Embedding the migrations"
      VERBATIM)
    target_sources(${target} PRIVATE ${source})
  endfunction()
  return()
endif()

file(GLOB files ${FOLDER}/*)
list(SORT files)
set(arrays "")
set(rows "")
set(expected 0)
foreach(file IN LISTS files)
  get_filename_component(name ${file} NAME)
  if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_([a-z][a-z0-9_]*)\\.sql$")
    message(FATAL_ERROR "${file}: a migration is called NNNN_name.sql, lower case")
  endif()
  set(number ${CMAKE_MATCH_1})
  math(EXPR expected "${expected} + 1")
  string(REGEX REPLACE "^0+" "" version ${number})
  if(NOT "${version}" STREQUAL "${expected}")
    message(FATAL_ERROR "${file}: migrations count up from 0001 without a gap; expected number ${expected}")
  endif()

  # What the runner does itself; a trigger's own BEGIN … END stands without a word behind BEGIN.
  file(READ ${file} text)
  string(TOUPPER "${text}" upper)
  set(forbidden "BEGIN[ \t]*(;|TRANSACTION|IMMEDIATE|EXCLUSIVE|DEFERRED)|COMMIT|ROLLBACK|PRAGMA|ATTACH|VACUUM")
  if(upper MATCHES "(^|[\n;])[ \t]*(${forbidden})")
    message(FATAL_ERROR "${file}: a migration holds no ${CMAKE_MATCH_2}: the runner does that")
  endif()

  file(READ ${file} hex HEX)
  file(SHA256 ${file} sha256)
  string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "\\.sql$" "" name ${name})
  string(APPEND arrays "static const unsigned char sql_${number}[] = {\n${bytes}0x00};\n")
  string(APPEND rows "    {${version}, \"${name}\", \"${sha256}\", (const char *)sql_${number}},\n")
endforeach()
if(expected EQUAL 0)
  message(FATAL_ERROR "${FOLDER}: there are no migrations")
endif()

file(WRITE ${SOURCE}
     "#include \"store/store_internal.h\"\n\n${arrays}\n"
     "const struct migration store_migrations[] = {\n${rows}};\nconst int store_n_migrations = ${expected};\n"
     "const char store_programme_version[] = \"${VERSION}\";\n")
