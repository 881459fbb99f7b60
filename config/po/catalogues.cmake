# SPDX-License-Identifier: GPL-2.0-or-later
# What kabarctl says in other languages than English: a catalogue of each LANGUAGE.po, where the program looks for it.
find_program(MSGFMT msgfmt REQUIRED)
file(GLOB texts CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.po)
foreach(po ${texts})
  get_filename_component(language ${po} NAME_WE)
  set(folder ${PROJECT_BINARY_DIR}/share/locale/${language}/LC_MESSAGES)
  add_custom_command(
    OUTPUT ${PROJECT_BINARY_DIR}/share/locale/${language}/LC_MESSAGES/kabar.mo
    COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
    COMMAND ${MSGFMT} --check-format --check-domain -o ${folder}/kabar.mo ${po}
    DEPENDS ${po}
    VERBATIM)
  list(APPEND catalogues ${PROJECT_BINARY_DIR}/share/locale/${language}/LC_MESSAGES/kabar.mo)
  install(FILES ${folder}/kabar.mo DESTINATION ${CMAKE_INSTALL_LOCALEDIR}/${language}/LC_MESSAGES)
endforeach()
add_custom_target(catalogues ALL DEPENDS ${catalogues})
