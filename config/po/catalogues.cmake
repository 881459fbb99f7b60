# SPDX-License-Identifier: GPL-2.0-or-later
# What kabarctl says in other languages than English: a catalogue of each LANGUAGE.po, where the program looks for it.
# PRId64 stands in a .po by its name; the catalogue has what it is on this machine, as the compiled texts have it.
if(CMAKE_SIZEOF_VOID_P EQUAL 8)
  set(int64 l)
else()
  set(int64 ll)
endif()
find_program(MSGFMT msgfmt REQUIRED)
file(GLOB texts CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.po)
foreach(po ${texts})
  get_filename_component(language ${po} NAME_WE)
  set(folder ${PROJECT_BINARY_DIR}/share/locale/${language}/LC_MESSAGES)
  add_custom_command(
    OUTPUT ${PROJECT_BINARY_DIR}/share/locale/${language}/LC_MESSAGES/kabar.mo
    COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
    COMMAND sed "s/<PRI\\([du]\\)64>/${int64}\\1/g" ${po} > ${folder}/kabar.po
    COMMAND ${MSGFMT} --check-format --check-domain -o ${folder}/kabar.mo ${folder}/kabar.po
    DEPENDS ${po}
    VERBATIM)
  list(APPEND catalogues ${PROJECT_BINARY_DIR}/share/locale/${language}/LC_MESSAGES/kabar.mo)
  install(FILES ${folder}/kabar.mo DESTINATION ${CMAKE_INSTALL_LOCALEDIR}/${language}/LC_MESSAGES)
endforeach()
add_custom_target(catalogues ALL DEPENDS ${catalogues})
