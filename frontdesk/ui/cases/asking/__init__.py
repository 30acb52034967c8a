"""What a person enters about a case, a dialog for each deed; nothing typed is lost to a refusal or to another desk."""
