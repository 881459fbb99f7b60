# SPDX-License-Identifier: GPL-2.0-or-later
# Quick checks of the sources themselves; each prints file:line of what it finds.
foreach(check includes banned length spdx words texts clang unit)
  add_test(NAME lint/${check} COMMAND sh ${CMAKE_CURRENT_LIST_DIR}/${check}.sh ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
endforeach()
