# SPDX-License-Identifier: GPL-2.0-or-later
# The simulated modem: for the tests, and by name for `./run demo --modem` and whoever wants to play with it.
file(GLOB at_modem_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/at_modem*.c)
add_executable(at-modem EXCLUDE_FROM_ALL ${at_modem_sources})
target_link_libraries(at-modem PRIVATE base)
target_compile_definitions(at-modem PRIVATE _GNU_SOURCE)
set_target_properties(at-modem PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
