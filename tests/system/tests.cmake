# SPDX-License-Identifier: GPL-2.0-or-later
# Whole programs in a folder of their own: NAME.sh is one test; lib*.sh is what they share, demo.sh what ./run
# demo plays. They find the programs by KABAR_BIN and the sources by KABAR_SOURCE; the time limit is the whole test's.
file(GLOB scripts CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.sh)
list(FILTER scripts EXCLUDE REGEX "/(lib[^/]*|demo)\\.sh$")
if(NOT KABAR_FAILPOINTS)
  list(FILTER scripts EXCLUDE REGEX "/failpoints\\.sh$")
endif()
foreach(script ${scripts})
  get_filename_component(name ${script} NAME_WE)
  add_test(NAME system/${name} COMMAND sh ${script})
  set_tests_properties(system/${name} PROPERTIES TIMEOUT 300 SKIP_RETURN_CODE 77
    ENVIRONMENT "KABAR_BIN=${CMAKE_RUNTIME_OUTPUT_DIRECTORY};KABAR_SOURCE=${PROJECT_SOURCE_DIR}")
endforeach()
