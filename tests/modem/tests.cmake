# The simulated modem, its codec's table, and both against the real libGammu.
set(modem_folder ${CMAKE_CURRENT_LIST_DIR})
file(GLOB at_modem_sources CONFIGURE_DEPENDS ${modem_folder}/at_modem*.c)
add_executable(at-modem ${at_modem_sources})
target_link_libraries(at-modem PRIVATE base)
target_compile_definitions(at-modem PRIVATE _GNU_SOURCE)
set_target_properties(at-modem PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
