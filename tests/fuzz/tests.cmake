# SPDX-License-Identifier: GPL-2.0-or-later
# Every fuzzer's seeds, replayed once by whatever compiler builds the tests.
file(GLOB fuzzers CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/fuzz_*.c)
foreach(source ${fuzzers})
  get_filename_component(program ${source} NAME_WE)
  string(REGEX REPLACE "^fuzz_" "" name ${program})
  add_executable(replay_${name} ${source} ${CMAKE_CURRENT_LIST_DIR}/replay.c)
  target_link_libraries(replay_${name} PRIVATE settings modem)
  target_compile_definitions(replay_${name} PRIVATE _GNU_SOURCE KABAR_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  set_target_properties(replay_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  if(EXISTS ${CMAKE_CURRENT_LIST_DIR}/corpus/${name})
    add_test(NAME fuzz/${name} COMMAND replay_${name} ${CMAKE_CURRENT_LIST_DIR}/corpus/${name})
  endif()
endforeach()
