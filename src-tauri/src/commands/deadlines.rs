use back_office::{
    Desk,
    views::deadlines::{HomeView, RadarView},
};
use tauri::State;

use super::{Answer, wire};

#[tauri::command]
pub async fn get_home(desk: State<'_, Desk>) -> Answer<HomeView> {
    wire(desk.home().await)
}

#[tauri::command]
pub async fn get_radar(desk: State<'_, Desk>) -> Answer<RadarView> {
    wire(desk.radar().await)
}
